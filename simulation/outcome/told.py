"""Told: what is told of a node that was attacked or cut off more than once."""

from collections.abc import Callable

from simulation.engine.nodes import NodeState


def told(state: NodeState) -> NodeState:
    """Of each thing the first time that it happened there, with its end; the timeline tells the others."""
    if state.earlier is None:
        return state
    times = [state]
    while times[-1].earlier is not None:
        times.append(times[-1].earlier)

    def first(when: Callable[[NodeState], float | None]) -> NodeState:
        return next((each for each in reversed(times) if when(each) is not None), state)

    inside, known, cut = (
        first(lambda each: each.compromised_h),
        first(lambda each: each.detected_h),
        first(lambda each: each.isolated_h),
    )
    off, shut = first(lambda each: each.switched_off_h), first(lambda each: each.ed_shut_h)
    stopped, struck = first(lambda each: each.planned_stopped_h), first(lambda each: each.impact_h)
    helped = first(lambda each: each.responders_asked_h)
    return NodeState(
        compromised_h=inside.compromised_h,
        via_link=inside.via_link,
        via=inside.via,
        wave=inside.wave,
        directory_held_h=first(lambda each: each.directory_held_h).directory_held_h,
        detected_h=known.detected_h,
        detected_by=known.detected_by,
        crisis_cell_h=first(lambda each: each.crisis_cell_h).crisis_cell_h,
        isolated_h=cut.isolated_h,
        reconnected_h=cut.reconnected_h,
        ordered=state.ordered,
        switched_off_h=off.switched_off_h,
        switched_on_h=off.switched_on_h,
        left_trust_h=state.left_trust_h,
        ed_shut_h=shut.ed_shut_h,
        ed_reopened_h=shut.ed_reopened_h,
        planned_stopped_h=stopped.planned_stopped_h,
        planned_resumed_h=stopped.planned_resumed_h,
        declared_h=first(lambda each: each.declared_h).declared_h,
        impact_h=struck.impact_h,
        machines_hit=struck.machines_hit,
        key_h=struck.key_h,
        outage=state.outage,
        backups_destroyed=any(each.backups_destroyed for each in times),
        data_stolen=any(each.data_stolen for each in times),
        responders_asked_h=helped.responders_asked_h,
        responders_came_h=helped.responders_came_h,
        restored_h=struck.restored_h,
        last_event=state.last_event,
    )
