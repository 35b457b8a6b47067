"""Activity: whole before a payload, and fallen after it."""

from dataclasses import replace

import pytest

import backtest
import simulation
from backtest.account import Course
from backtest.activity import WITHOUT_EXPECTATION, activity_of
from simulation.inputs.streams import Stream
from simulation.outcome.trace import Trace
from simulation.replication import trace_of

HAVE_ACTIVITY = tuple(stream for stream in Stream if stream not in WITHOUT_EXPECTATION)


@pytest.fixture(scope="module")
def ireland() -> tuple[Trace, float]:
    """Ireland's first two weeks of which the second is the attack's, in the first replication in which it came."""
    campaign = backtest.load("hse-2021").campaign
    two_weeks = Course.model_validate(dict(campaign.scenario) | {"horizon_h": 360})
    prepared = simulation.prepare(replace(campaign, scenario=two_weeks))
    for number in range(100):
        trace = trace_of(prepared, 1, number)
        impact_h = trace.states[prepared.nodes.number_of["993530004"]].impact_h
        if impact_h is not None:
            return trace, impact_h
    raise AssertionError("Ireland was spared a hundred times")


@pytest.mark.parametrize("stream", HAVE_ACTIVITY)
def test_activity_is_whole_in_the_week_before_a_payload(ireland: tuple[Trace, float], stream: Stream) -> None:
    trace, impact_h = ireland
    week = slice(int(impact_h) - 168, int(impact_h))
    level = activity_of(trace.wards, trace.care, trace.wards.of(stream), week)
    nobody_comes = stream in {Stream.CRITICAL_CARE, Stream.SAMU}
    assert level == (None if nobody_comes else pytest.approx(1.0, abs=0.06))


@pytest.mark.parametrize(
    "stream", [Stream.OUTPATIENT, Stream.MEDICINE, Stream.LABORATORY, Stream.RADIOTHERAPY]
)
def test_activity_falls_in_the_week_after_it(ireland: tuple[Trace, float], stream: Stream) -> None:
    trace, impact_h = ireland
    week = slice(int(impact_h), int(impact_h) + 168)
    level = activity_of(trace.wards, trace.care, trace.wards.of(stream), week)
    assert level is not None
    assert 0.0 < level < 0.9
