"""Accounts of incidents: what they may say, and what is refused."""

import shutil
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

import backtest
import simulation
from backtest.account import Account
from backtest.figure import Figure
from backtest.library import ACCOUNT, INCIDENTS
from simulation.inputs.streams import Stream
from simulation.replication import crisis_of
from topologies.errors import BadInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of an incident, to be spoiled."""
    return Path(shutil.copytree(INCIDENTS / "cannes-2024", tmp_path / "mine"))


def spoil(folder: Path, old: str, new: str) -> None:
    text = (folder / ACCOUNT).read_text("utf-8")
    assert old in text
    (folder / ACCOUNT).write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", backtest.incident_names())
def test_what_is_known_of_an_incident_names_levers_and_parameters(name: str) -> None:
    incident = backtest.load(name)
    assert incident.account.name == incident.eve.region.name == name
    used = {parameter for figure in incident.account.figures for parameter in figure.used_for}
    assert not used & set(incident.account.known), "what is known is not to be found"


def test_a_campaign_has_what_is_known_of_its_incident_and_else_what_everyone_has() -> None:
    everyone, cannes = simulation.load_parameters(), backtest.load("cannes-2024")
    of_everyone = everyone.quantities
    for name, quantity in cannes.eve.parameters.quantities.items():
        known = cannes.account.known.get(name)
        assert quantity == of_everyone[name] if known is None else quantity.value == known.value
    assert cannes.eve.scenario.thresholds == ()


def test_figures_of_care_say_when_and_whose() -> None:
    without: tuple[dict[str, object], ...] = ({"streams": []}, {"day": None})
    for missing in without:
        with pytest.raises(ValidationError, match="without saying when or of which streams"):
            Figure.model_validate(ACTIVITY | missing)
    assert Figure.model_validate(ACTIVITY).streams == (Stream.OUTPATIENT,)


def test_on_the_day_the_payload_goes_off_at_its_instant_where_it_is_known_to_have() -> None:
    cannes = backtest.load("cannes-2024")
    assert cannes.day is not None
    prepared = simulation.prepare(cannes.day)
    for number in range(5):
        situation = crisis_of(prepared, 1, number)
        hit = {
            situation.nodes.names[site]: situation.states[site].impact_h
            for site in situation.nodes.sites
            if situation.states[site].impact_h is not None
        }
        instant = cannes.account.waves[0].detonation
        assert instant is not None
        assert instant.at is not None
        assert hit == {cannes.account.hit[0]: cannes.day.scenario.hours_of(instant.at)}


def test_on_the_day_the_attacker_holds_the_directory_by_which_several_were_hit() -> None:
    ireland, cannes = backtest.load("hse-2021"), backtest.load("cannes-2024")
    assert ireland.day is not None
    assert cannes.day is not None
    assert ireland.day.scenario.waves[0].entry_points == (*ireland.account.hit, "directory:hse")
    assert cannes.day.scenario.waves[0].entry_points == cannes.account.hit


ACTIVITY = {
    "name": "outpatient-week-1",
    "title": {"fr": "Consultations en semaine 1", "en": "Outpatients in week 1"},
    "unit": "share",
    "observed": 0.25,
    "measure": "activity",
    "day": 0.0,
    "streams": ["outpatient"],
    "source": "the test",
}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "  isolation_h:",
            "  isolation_hours:",
            "known holds isolation_hours, which the model does not know",
        ),
        ("'2024-04-16T08:00:00+02:00'", "'2026-04-16T08:00:00+02:00'", "is not between start"),
        ("hit: ['060000544']", "hit: ['nowhere']", "hit"),
        ("  - '060000544'", "  - '750100125'", "750100125"),
    ],
)
def test_an_account_that_says_what_cannot_be_is_refused(
    folder: Path, old: str, new: str, problem: str
) -> None:
    backtest.load(folder)
    spoil(folder, old, new)
    with pytest.raises(BadInput, match=problem):
        backtest.load(folder)


def test_a_share_that_is_known_is_a_share() -> None:
    account = yaml.safe_load((INCIDENTS / "cannes-2024" / ACCOUNT).read_text("utf-8"))
    account["known"] = {
        "precaution_share": {"value": 2, "unit": "share", "low": 1, "high": 3, "source": "the test"}
    }
    with pytest.raises(ValidationError, match="precaution_share is a share"):
        Account.model_validate(account)
