"""Every payload does something, and every kind of event that happens has its fields."""

from simulation.attack.attack_events import OF_ATTACKS
from simulation.attack.payloads import OF_INTRUSIONS, OF_STRIKES
from simulation.engine.event_kinds import WITH_FIELDS, EventKind
from simulation.engine.recovery_events import OF_RECOVERY
from simulation.inputs.scenarios.wave import STRIKES, Payload
from simulation.replication import PreparedCampaign, trace_of
from simulation.response.deciding.site_events import OF_SITES


def test_each_payload_is_in_one_table() -> None:
    assert set(OF_STRIKES) == STRIKES
    assert set(OF_INTRUSIONS) == set(Payload) - STRIKES


def test_what_happens_bears_the_fields_of_its_kind(small: PreparedCampaign) -> None:
    fields = {one.kind: one for one in (*WITH_FIELDS, *OF_ATTACKS, *OF_RECOVERY, *OF_SITES)}
    events = trace_of(small, 1, 0).timeline
    assert {EventKind.FOOTHOLD, EventKind.IMPACT, EventKind.STAGE_DONE} <= {
        event.what.kind for event in events
    }
    for event in events:
        assert isinstance(event.what, fields.get(event.what.kind, EventKind))
