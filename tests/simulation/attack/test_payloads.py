"""Every payload does something, and every kind of event that happens has its fields."""

from itertools import pairwise

import pytest

from simulation.attack.attack_events import OF_ATTACKS
from simulation.attack.payloads import OF_INTRUSIONS, OF_STRIKES
from simulation.attack.return_curve import curve_of
from simulation.engine.event_kinds import WITH_FIELDS, EventKind
from simulation.engine.recovery_events import OF_RECOVERY
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.wave import STRIKES, PartlyBack, Payload, Wave
from simulation.replication import PreparedCampaign, trace_of
from simulation.response.deciding.site_events import OF_SITES
from simulation.response.deciding.supplier_events import OF_SUPPLIERS


def test_each_payload_is_in_one_table() -> None:
    assert set(OF_STRIKES) == STRIKES
    assert set(OF_INTRUSIONS) == set(Payload) - STRIKES


def test_what_happens_bears_the_fields_of_its_kind(small: PreparedCampaign) -> None:
    fields = {one.kind: one for one in (*WITH_FIELDS, *OF_ATTACKS, *OF_RECOVERY, *OF_SITES, *OF_SUPPLIERS)}
    events = trace_of(small, 1, 0).timeline
    assert {EventKind.FOOTHOLD, EventKind.IMPACT, EventKind.STAGE_DONE} <= {
        event.what.kind for event in events
    }
    for event in events:
        assert isinstance(event.what, fields.get(event.what.kind, EventKind))


def test_a_whole_outage_is_whole_and_a_denial_is_not(parameters: Parameters) -> None:
    lost = {payload: strike.lost(parameters) for payload, strike in OF_STRIKES.items()}
    assert lost[Payload.OUTAGE] == 1.0
    assert lost[Payload.DENIAL] < 1.0


def test_a_service_comes_back_along_the_points_that_are_given() -> None:
    points = [
        PartlyBack(after_h=after_h, share=share) for after_h, share in ((0, 0.1), (336, 0.1), (672, 0.54))
    ]
    curve = curve_of(points, 2520.0)
    assert curve[0] == (0.0, 0.1, 0.1)
    assert [step.named for step in curve if step.named] == [0.1, 0.1, 0.54]
    assert all(one.at < other.at and one.share <= other.share for one, other in pairwise(curve))
    ends = [*(step.at for step in curve[1:]), 1.0]
    mean = sum((end - step.at) * step.share for step, end in zip(curve, ends, strict=True))
    exact = (336 * 0.1 + 336 * 0.32 + (2520 - 672) * 0.77) / 2520
    assert mean == pytest.approx(exact, abs=0.005)


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([(300, 0.5), (200, 0.6)], "does not come after"),
        ([(100, 0.5), (200, 0.4)], "does not come after"),
        ([(100, 0.2), (3000, 0.4)], "is over"),
    ],
)
def test_a_return_that_makes_no_sense_is_refused(points: list[tuple[float, float]], told: str) -> None:
    (wave,) = load_scenario("pathology-supplier-out").waves
    returns = [{"after_h": after_h, "share": share} for after_h, share in points]
    with pytest.raises(ValueError, match=told):
        Wave.model_validate({**wave.model_dump(), "returns": returns})
