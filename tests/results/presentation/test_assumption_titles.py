"""Every assumption that may be named on screen has a title in both languages, and no title is left over."""

import pytest

from results.presentation.assumptions.titles import load_titles, title_of_assumption
from simulation.inputs.parameters.parameters import OUTAGES, RESPONDER_LEVELS, load_parameters
from simulation.inputs.parameters.uncertainty import unknown_of

UNKNOWNS = {unknown_of(name) for name, one in load_parameters().quantities.items() if one.low < one.high}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_assumption_has_a_title_of_its_own(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LANG", language)
    titles = {name: title_of_assumption(name) for name in UNKNOWNS}
    assert {name for name, title in titles.items() if title == name} == set()
    assert len(set(titles.values())) == len(titles)


def test_no_title_is_left_without_its_assumption() -> None:
    in_lists = (OUTAGES, RESPONDER_LEVELS)
    assert set(load_titles()) == {name for name in UNKNOWNS if not name.startswith(in_lists)}


def test_what_has_no_title_is_called_by_its_name() -> None:
    for name in ("of_an_older_model", "outages.nothing.kept", "responder_levels.nobody.most"):
        assert title_of_assumption(name) == name
