"""Usage errors of typer are in the language spoken, whatever they are."""

import re

import pytest
from typer.exceptions import TyperException
from typer.main import get_command

from flows.cli.commands import VERBS, tocsin
from flows.cli.commands.store import store
from flows.cli.main import with_help
from flows.cli.usage_errors import in_words, usage_error_in_words
from results.presentation import language
from tests.flows.commands import plain

REFUSED = [
    ["run"],
    ["run", "a"],
    ["run", "a", "b", "c"],
    ["run", "a", "b", "c d", "e"],
    ["run", "--nope"],
    ["run", "-x"],
    ["run", "--repl", "5"],
    ["run", "a", "b", "-n"],
    *(["run", "a", "b", "-n", wrong] for wrong in ("3.5", "1e3", "9" * 5000, "", " ", "nan", "0", "-3", "x")),
    ["run", "a", "b", "--seed", "-1"],
    ["run", "a", "b", "--json=1"],
    ["run", "a", "b", "--lang", "de"],
    ["--lang"],
    ["--lang=xx"],
    ["--json"],
    ["rn"],
    ["reg"],
    ["zzz"],
    ["z\nErreur : zz"],
    ["run", "a", "b", "c\x1b[31m\nd"],
    [""],
    ["--version=1"],
    ["serve", "--port", "70000"],
    ["serve", "here"],
    ["store"],
    ["store", "chek"],
    ["store", "check", "a", "b"],
    [],
]
EVERY_VERB = [
    [],
    *([verb.__name__] for verb, *_ in VERBS),
    ["store"],
    *(["store", command.callback.__name__] for command in store.registered_commands if command.callback),
]


@pytest.mark.parametrize("arguments", REFUSED, ids=lambda each: repr(each)[:40])
def test_a_refusal_is_told_in_french_and_in_one_sentence(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "fr")
    with pytest.raises(TyperException) as refused:
        get_command(tocsin).main(arguments, prog_name="tocsin", standalone_mode=False)
    assert refused.value.exit_code == 2
    problem, help_line = plain(usage_error_in_words(refused.value)).splitlines()
    assert help_line.endswith("--help en dit plus.")
    english = refused.value.format_message()
    assert in_words(english) != english
    for part in problem.split(" : "):
        assert in_words(part) == part, "a part of it is a sentence of typer's still"


@pytest.mark.parametrize("verb", EVERY_VERB, ids=" ".join)
def test_help_fits_eighty_columns_and_no_word_of_it_is_cut(
    verb: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    get_command(tocsin).main([*verb, "--help"], prog_name="tocsin", standalone_mode=False)
    said = capsys.readouterr().out
    assert all(len(line) <= 80 for line in said.splitlines())
    assert not re.search(r"\w…", said)
    assert not re.search(r"<(str|int|list)\b", said), "what Python calls a type"


@pytest.mark.parametrize("arguments", [["run", "-h"], ["help", "run"], ["run", "--help"]])
def test_help_is_asked_for_as_people_do(arguments: list[str]) -> None:
    assert with_help(arguments) == ["run", "--help"]
