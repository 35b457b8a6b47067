"""Dimensions: what campaigns and establishments are, as tables to join, so that nobody parses JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from results.tables.arrays import array_of
from results.tables.schema import SCHEMAS, DerivedName

DIGESTS = ("region", "scenario", "posture", "parameters")
"""The inputs whose digests stand in the row of a campaign."""


def establishment_rows(inputs: Mapping[str, Any]) -> pa.Table:
    """One row per establishment of the region of these inputs, in ascending order of their numbers."""
    sites = inputs["region"]["establishments"]
    rows = [
        # The territory is that under which the tables count it (`Establishment.territory`).
        {**site, "ght": site["ght"] or f"Hors GHT ({site['department']})"}
        for _, site in sorted(sites.items())
    ]
    return _table("dim_establishments", rows)


def campaign_rows(description: Mapping[str, Any], inputs: Mapping[str, Any]) -> pa.Table:
    """The row of a campaign, from its description and its inputs, as plain JSON values."""
    scenario = inputs["scenario"]
    row = {
        **description,
        "parameters": inputs["uncertainty"],
        "start": datetime.fromisoformat(scenario["start"]),
        "horizon_h": scenario["horizon_h"],
        "model": description["versions"]["model"],
        **{f"{name}_digest": description["digests"][name] for name in DIGESTS},
    }
    return _table("dim_campaigns", [row])


def _table(name: DerivedName, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    schema = SCHEMAS[name]
    arrays = [array_of([row[field.name] for row in rows], field.type) for field in schema]
    return pa.table(arrays, schema=schema)
