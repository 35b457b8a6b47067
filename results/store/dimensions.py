"""Dimensions: what campaigns and establishments are, as tables to join, so that nobody parses JSON."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from results.store.description import Description
from results.store.store import Store
from results.tables.arrays import array_of

LABEL = pa.dictionary(pa.int32(), pa.string())
CAMPAIGNS: Mapping[str, pa.DataType] = {
    "campaign": LABEL,
    "ordinary": LABEL,
    "region": LABEL,
    "scenario": LABEL,
    "event": LABEL,
    "posture": LABEL,
    "seed": pa.int64(),
    "replications": pa.int32(),
    "start": pa.timestamp("ms", tz="Europe/Paris"),
    "horizon_h": pa.int32(),
    "model": LABEL,
    "region_digest": LABEL,
    "scenario_digest": LABEL,
    "posture_digest": LABEL,
    "parameters_digest": LABEL,
}
ESTABLISHMENTS: Mapping[str, pa.DataType] = {
    "campaign": LABEL,
    "finess": LABEL,
    "name": LABEL,
    "commune": LABEL,
    "department": LABEL,
    "ght": LABEL,
    "category": LABEL,
    "public": pa.bool_(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "adult_emergency": pa.bool_(),
    "paediatric_emergency": pa.bool_(),
    "ed_visits_per_year": pa.int32(),
    "beds": pa.int32(),
    "beds_mco": pa.int32(),
    "beds_icu": pa.int32(),
}


def campaigns_of(store: Store) -> pa.Table:
    """One row per campaign, sealed or not: what was run. `campaign` joins to any table, `ordinary` to its twin."""
    return _table([_campaign(store, description) for description in store.campaigns()], CAMPAIGNS)


def establishments_of(store: Store, campaign: str | None = None) -> pa.Table:
    """One row per establishment of a campaign's region, or of all campaigns; what is not declared is null."""
    names = [each.campaign for each in store.campaigns()] if campaign is None else [campaign]
    return _table([row for name in names for row in _establishments(store, name)], ESTABLISHMENTS)


def _campaign(store: Store, description: Description) -> dict[str, object]:
    scenario = store.inputs(description.campaign)["scenario"]
    return {
        "campaign": description.campaign,
        "ordinary": description.ordinary,
        "region": description.region,
        "scenario": description.scenario,
        "event": description.event,
        "posture": description.posture,
        "seed": description.seed,
        "replications": description.replications,
        "start": datetime.fromisoformat(scenario["start"]),
        "horizon_h": scenario["horizon_h"],
        "model": description.versions["model"],
        **{
            f"{name}_digest": description.digests[name]
            for name in ("region", "scenario", "posture", "parameters")
        },
    }


def _establishments(store: Store, campaign: str) -> Iterator[dict[str, Any]]:
    """With the territory under which the tables count each (`Establishment.territory`)."""
    for site in store.inputs(campaign)["region"]["establishments"].values():
        yield {**site, "campaign": campaign, "ght": site["ght"] or f"Hors GHT ({site['department']})"}


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, pa.DataType]) -> pa.Table:
    arrays = [array_of([row[name] for row in rows], arrow_type) for name, arrow_type in columns.items()]
    return pa.table(arrays, schema=pa.schema(list(columns.items())))
