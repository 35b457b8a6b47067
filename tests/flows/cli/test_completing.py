"""The Tab key of a shell completes verbs, and the names of what is built in and of what the store holds."""

from pathlib import Path

import pytest

from flows.cli.commands import completing
from tests.flows.commands import Tocsin
from tests.results import synthetic


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("tocsin sho", {"show"}),
        ("tocsin run ile", {"ile-de-france"}),
        ("tocsin run corse samu", {"samu-telephony-denied"}),
        ("tocsin run corse x --posture prep", {"prepared"}),
        ("tocsin compare corse x --event non", {"none"}),
        ("tocsin redirect cors", {"corse"}),
    ],
)
def test_names_are_offered_that_begin_with_what_was_typed(
    tocsin: Tocsin, line: str, offered: set[str]
) -> None:
    assert offered_for(tocsin, line) == offered


def test_campaigns_of_the_store_are_offered_and_none_where_there_is_no_store(
    tocsin: Tocsin, tmp_path: Path
) -> None:
    name = synthetic.campaign().id
    synthetic.sealed(tmp_path / "store", [range(1)], 1)
    assert offered_for(tocsin, f"tocsin show {name[:3]}", TOCSIN_STORE=str(tmp_path / "store")) == {name}
    assert offered_for(tocsin, "tocsin show ", TOCSIN_STORE=str(tmp_path / "nowhere")) == set()


def offered_for(tocsin: Tocsin, line: str, **more: str) -> set[str]:
    """What bash is told when Tab is pressed at the end of the line."""
    words = str(len(line.split(" ")) - 1)
    asked = {completing.VARIABLE: "complete_bash", "COMP_WORDS": line, "COMP_CWORD": words}
    done = tocsin(**asked, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.split())


def test_what_a_shell_is_to_be_told_is_written(tocsin: Tocsin) -> None:
    assert completing.VARIABLE in tocsin("--show-completion", SHELL="/bin/bash").stdout
