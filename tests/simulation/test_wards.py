"""An ordinary day's wards agree with what is published."""

import numpy as np
import pytest

from simulation.crisis import replicate
from simulation.parameters import Parameters
from simulation.posture import Posture
from simulation.scenario import Scenario
from simulation.stays import QUANTILES
from simulation.stream import Stream
from simulation.theatre import Theatre, prepare
from topologies.region import Region


@pytest.fixture(scope="module")
def peace(ile_de_france: Region, scenario: Scenario, baseline: Posture, parameters: Parameters) -> Theatre:
    """Four whole weeks of ordinary life."""
    ordinary = scenario.model_copy(update={"waves": (), "event": None, "horizon_h": 28 * 24})
    return prepare(ile_de_france, ordinary, baseline, parameters)


def test_expected_visits_are_those_declared(peace: Theatre) -> None:
    wards = peace.wards
    for finess, site in peace.region.establishments.items():
        ward = wards.of_site.get(finess, {}).get(Stream.EMERGENCY)
        if ward is not None:
            yearly = wards.expected[:, ward].sum() * 365.25 / 28
            assert yearly == pytest.approx(site.ed_visits_per_year, rel=1e-9)


def test_emergency_stays_are_those_of_the_national_survey(peace: Theatre) -> None:
    stays = peace.wards.rules[Stream.EMERGENCY].stays.of_new
    assert np.median(stays) == 3
    assert (stays > 8).mean() == pytest.approx(0.15, abs=0.02)


def test_what_remains_of_a_stay_has_the_equilibrium_mean(peace: Theatre) -> None:
    """Mean residual of a whole-hour renewal: (E[S²] + E[S]) / 2 E[S] (Cox 1962)."""
    for rules in peace.wards.rules.values():
        stays = rules.stays
        new = stays.of_new.astype(np.float64)
        expected = ((new**2).mean() + new.mean()) / (2 * new.mean())
        assert stays.of_present.mean() == pytest.approx(expected, rel=0.02)
        assert len(stays.of_new) == QUANTILES


def test_critical_care_is_as_full_as_its_parameter_says(peace: Theatre, parameters: Parameters) -> None:
    """Little's law: patients in care = arrivals × stay; over six replications of four weeks."""
    wards = peace.wards
    critical = wards.of(Stream.CRITICAL_CARE)
    group = [number for number, (_, stream) in enumerate(wards.groups) if stream == "critical_care"]
    served = [replicate(peace, 3, number).hours.served[:, group].sum() for number in range(6)]
    arrivals_h = np.mean(served) / peace.scenario.horizon_h
    occupied = arrivals_h * wards.rules[Stream.CRITICAL_CARE].stays.mean_h / wards.places[critical].sum()
    assert occupied == pytest.approx(parameters.critical_care_occupancy.value, rel=0.03)


def test_wards_send_on_to_their_own_stream_nearest_first(peace: Theatre) -> None:
    wards = peace.wards
    for number, onward in enumerate(wards.onward):
        assert all(wards.stream[one.ward] is wards.stream[number] for one in onward)
        assert [one.minutes for one in onward] == sorted(one.minutes for one in onward)
        assert all(one.hours * 60 >= one.minutes for one in onward)


def test_crowds_add_patients_at_their_venues_days_only(
    ile_de_france: Region, scenario: Scenario, baseline: Posture, parameters: Parameters
) -> None:
    without = prepare(ile_de_france, scenario.model_copy(update={"event": None}), baseline, parameters)
    added = prepare(ile_de_france, scenario, baseline, parameters).wards.expected - without.wards.expected
    assert added.min() >= 0
    assert added.sum() > 0
    last_hour = int((scenario.end - scenario.start).total_seconds() // 3600) - 1
    assert added[last_hour].sum() == 0
