"""Characters: what an encoding lacks has a stand-in, and no code of a text reaches the terminal."""

import json
import subprocess
from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from rich.table import Table

from flows.terminal import console
from flows.terminal.guarded import Guarded
from flows.terminal.sheet import Sheet
from flows.terminal.stand_ins import HANDLER
from results.presentation import language
from topologies.errors import Message, UnknownName
from topologies.fields.title import Title

Shell = Callable[..., "subprocess.CompletedProcess[str]"]


def on_stream(encoding: str, text: str) -> str:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding, HANDLER)
    stream.write(text)
    stream.flush()
    return written.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "letters"),
    [
        ("utf-8", "é ✓ … œ ’ 1\u202f234 ± °C ━"),
        ("latin-1", "é OK ... oe ' 1 234 ± °C -"),
        ("cp1252", "é OK … œ ’ 1 234 ± °C -"),
        ("ascii", "e OK ... oe ' 1 234 +/- deg C -"),
        ("cp437", "é OK ... oe ' 1 234 ± °C -"),
        ("iso-8859-15", "é OK ... œ ' 1 234 ± °C -"),
    ],
)
def test_what_an_encoding_lacks_is_written_by_what_stands_for_it(encoding: str, letters: str) -> None:
    assert on_stream(encoding, "é ✓ … œ ’ 1\u202f234 ± °C ━") == letters


def test_columns_stay_where_they_are_behind_a_longer_stand_in() -> None:
    assert on_stream("ascii", "✓   99 %") == "OK  99 %"
    assert on_stream("ascii", "✗   99 %") == "x   99 %"


@pytest.mark.parametrize("columns", [12, 17, 18, 30])
def test_a_line_is_not_broken_at_a_space_that_does_not_break(columns: int) -> None:
    console = Guarded(width=columns, file=StringIO())
    with console.capture() as captured:
        console.print("n’est pas rendue\u00a0: 95\u202f% des jours\u00a0; voir")
    lines = captured.get().splitlines()
    assert len(lines) > 1
    assert not [line for line in lines if line.lstrip()[0] in ":;%"]
    assert max(map(len, lines)) <= columns


def test_a_console_on_a_stream_of_somebody_else_writes_what_that_has() -> None:
    stream = TextIOWrapper(written := BytesIO(), "ascii", "strict")
    sheet = Sheet(show_header=False)
    sheet.add_row("✓", "3 réplications…")
    Guarded(file=stream, width=30).print(sheet)
    stream.flush()
    assert written.getvalue().split() == [b"OK", b"3", b"replications..."]


@pytest.mark.parametrize(
    ("environ", "arguments", "told"),
    [
        ({"PYTHONIOENCODING": "ascii"}, ["scenarios", "nowhere"], "Erreur : aucun scenario"),
        ({"PYTHONIOENCODING": "latin-1:strict"}, ["--help"], "COMMANDE"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, ["regions"], "Ile-de-France"),
        ({"PYTHONIOENCODING": "cp1252"}, ["postures", "prepared"], "hypoth"),
    ],
)
def test_no_encoding_costs_what_is_told(
    shell: Shell, environ: dict[str, str], arguments: list[str], told: str
) -> None:
    done = shell("", *arguments, **environ)
    assert told in done.stdout + done.stderr
    assert "UnicodeEncodeError" not in done.stderr


def test_facts_in_json_stay_whole_in_any_encoding_and_hold_nothing_that_a_terminal_obeys() -> None:
    fact = {"titre": "Orléans ✓ \x1b[31m \x9b0m \x7f \u202e \u200b \udc80 \U000e0041 \u00a0"}
    for encoding in ("utf-8", "latin-1", "ascii"):
        text = console.json_of(fact, encoding)
        text.encode(encoding)
        assert json.loads(text) == fact
        assert all(c.isprintable() or c in "\n\xa0" for c in text)
    assert "Orléans ✓" in console.json_of(fact, "utf-8")


CODES = [
    "\x1b[31m",
    "\x9b31m",
    "\x07",
    "\x08",
    "\r",
    "\n",
    "\x7f",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\udcff",
]


@pytest.mark.parametrize("code", CODES)
def test_no_code_of_a_title_or_of_a_message_reaches_the_terminal(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    title = f"Lyon{code}TIENT"
    page = Guarded(width=80, highlight=False, markup=False)
    with page.capture() as captured:
        table = Table(title)
        table.add_row(title)
        page.print(title, table)
    console.say_at_once(title)
    printed = [captured.get(), capsys.readouterr().err.removesuffix("\n")]
    printed.append(language.error_in_words(UnknownName(Message("no {name}", {"name": title}))))
    printed.append(language.of(Title.model_construct(fr=title, en=title)))
    assert len(printed[0].splitlines()) == 1 + 5, "a line, and a table of one row"
    for text in printed:
        assert "Lyon" in text
        assert "TIENT" in text
        assert all(c.isprintable() or c == "\n" for c in text)
    assert all("\n" not in text for text in printed[1:])
