"""A page says what the abbreviations stand for that it makes use of, and no others."""

import pytest

from results.presentation import language
from results.report.parts import Listed, Prose, Section, Table
from results.report.sections.abbreviations import MEANT, abbreviations


def section(*sentences: str) -> Section:
    return Section(
        anchor="a", title="", parts=(Prose(sentences=sentences), Listed(heading="", points=("the ARS",)))
    )


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_only_those_are_explained_that_occur(spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, spoken)
    (told,) = abbreviations([section("Calls to the SAMUs", "a plan blanc", "SCARED, ARSenal")])
    (table,) = told.parts
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == ["ARS", "plan blanc", "SAMU"]
    assert all(len(meaning) > 20 for _short, meaning in table.rows)


def test_nothing_is_explained_where_nothing_is_abbreviated() -> None:
    assert abbreviations([Section(anchor="a", title="Nobody", parts=())]) == ()
    (told,) = abbreviations([section(*MEANT)])
    (table,) = told.parts
    assert isinstance(table, Table)
    assert len(table.rows) == len(MEANT)
