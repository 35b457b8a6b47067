"""What the sheets of a campaign say, worked out from its Parquet files by DuckDB alone."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np

from results import Store
from results.sheets.arrivals import RECEIVED
from results.sheets.chains import WARDS
from results.sheets.spread import Spread
from simulation import Campaign

FALLS_H = "least(impact_h, switched_off_h, ed_shut_h)"
ALL_RECEIVED = "ed_received + critical_received + medicine_received"
STEP = {
    name: place
    for place, name in enumerate(
        ("received", *RECEIVED, "critical", "medicine", "critical_taken", "medicine_taken"), 2
    )
}
"""Where a row of `steps_beside_twin` has what; what is taken is the twin's alone."""


def files(store: Store, table: str) -> str:
    return f"read_parquet('{store.path}/{table}/*/*.parquet', hive_partitioning = true)"


def ranged(*values: float) -> Spread:
    return Spread(len(values), float(np.median(values)), min(values), max(values))


def in_all(store: Store, campaign: str) -> dict[str, tuple[int, int]]:
    """By site: patients received from other hospitals, and emergency patients sent on, in all replications."""
    found = duckdb.execute(f"""
        select finess, sum(({ALL_RECEIVED}) * stands_for_h), sum(ed_sent_on * stands_for_h)
        from {files(store, "establishment_hours")} where campaign = '{campaign}' group by finess
    """).fetchall()
    return {finess: (received, sent) for finess, received, sent in found}


def since_others_fell(store: Store, campaign: Campaign) -> str:
    """By replication and site that stands: the hour in which the first of the others fell.

    Every other site of the small region is within reach.
    """
    return f"""
        falls as (
            select replication, finess, {FALLS_H} as at_h
            from {files(store, "establishments")} where campaign = '{campaign.id}'
        ),
        since as (
            select mine.replication, mine.finess, floor(min(others.at_h))::int as begins
            from falls as mine join falls as others
                on others.replication = mine.replication and others.finess <> mine.finess
            where mine.at_h is null group by all having begins is not null
        )
    """


def received_beside_twin(store: Store, campaign: Campaign, hours: int) -> list[tuple[Any, ...]]:
    """By replication and site that stands: patients received above the twin, since the first other site fell."""
    twin = store.description(campaign.id).ordinary
    return duckdb.execute(f"""
        with {since_others_fell(store, campaign)}
        select replication, finess,
            sum(case campaign when '{campaign.id}' then {ALL_RECEIVED} else -({ALL_RECEIVED}) end)
        from {files(store, "establishment_hours")} join since using (replication, finess)
        where campaign in ('{campaign.id}', '{twin}') and hour >= begins and hour < begins + {hours}
        group by all having count(*) = 2 * {hours}
    """).fetchall()


def met_in(store: Store, campaign: Campaign, finess: str) -> dict[tuple[int, str], int]:
    """Patients of a site by replication and kind of event, whose chains do not begin with ordinary life."""
    wards = ", ".join(f"'{stream}'" for stream in WARDS)
    found = duckdb.execute(f"""
        with recursive events as (
            from {files(store, "timeline")} where campaign = '{campaign.id}' and kind <> 'ordinary_life'
        ),
        led_to as (
            select replication, event, finess, kind, detail, patients from events where cause is null
            union all
            select events.replication, events.event, events.finess, events.kind, events.detail, events.patients
            from events join led_to
                on events.replication = led_to.replication and events.cause = led_to.event
        )
        select replication, kind, sum(patients)::int from led_to
        where finess = '{finess}' and patients > 0 and string_split(detail, ' ')[-1] in ({wards}) group by all
    """).fetchall()
    return {(replication, kind): patients for replication, kind, patients in found}


def fallen_in(store: Store, campaign: Campaign, finess: str) -> Sequence[int]:
    """Replications in which a site falls."""
    found = duckdb.execute(f"""
        select replication from {files(store, "establishments")}
        where campaign = '{campaign.id}' and finess = '{finess}' and {FALLS_H} is not null
        order by replication
    """).fetchall()
    return [number for (number,) in found]


def steps_beside_twin(store: Store, campaign: Campaign, finess: str, hours: int) -> list[tuple[Any, ...]]:
    """By replication in which it stands and step of a week: what it has above the twin (`STEP`)."""
    twin = store.description(campaign.id).ordinary
    added = ", ".join(f"mine.{name} - calm.{name}" for name in STEP if not name.endswith("_taken"))
    return duckdb.execute(f"""
        with {since_others_fell(store, campaign)},
        steps as (
            select replication, campaign, (hour - begins) // {hours} as step,
                sum({ALL_RECEIVED}) as received,
                sum(ed_received) as ed_received,
                sum(critical_received) as critical_received,
                sum(medicine_received) as medicine_received,
                avg(critical_in_care + critical_waiting) as critical,
                avg(medicine_in_care + medicine_waiting) as medicine,
                avg(critical_in_care) as critical_taken,
                avg(medicine_in_care) as medicine_taken
            from {files(store, "establishment_hours")} join since using (replication, finess)
            where finess = '{finess}' and hour >= begins and hour < begins + 168 group by all
        )
        select replication, step, {added}, calm.critical_taken, calm.medicine_taken
        from steps as mine join steps as calm using (replication, step)
        where mine.campaign = '{campaign.id}' and calm.campaign = '{twin}' order by replication, step
    """).fetchall()
