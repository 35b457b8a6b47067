"""The summary of a campaign: whether it went off, whether care held and systems came back, what the attack adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.analysis.assumptions.sensitivity import Sensitivity, turning_of
from results.analysis.compared.added import Added, Spread, added_by, ranked, reach_of
from results.analysis.compared.first_signs import FirstSign, first_sign_of
from results.analysis.compared.rows import Rows
from results.analysis.compared.twin import crises_of
from results.analysis.compared.verdicts import (
    Judgement,
    Share,
    held_all,
    judged,
    of_care,
    of_systems,
    share_of,
)
from results.analysis.compared.waits import WAITS, Waited, waited
from results.analysis.departments import Department, departments_of
from results.analysis.statistics import Interval, quantiles
from results.analysis.track_record import TrackRecord, track_record_of
from results.analysis.witnesses import Witnesses
from results.store.description import Description
from results.store.store import Store
from results.tables import detail
from results.tables.schema import SCHEMAS, unit_of
from simulation.inputs.scenarios.wave import Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The distribution of an indicator over the replications of a campaign; the mean of a yes-or-no is a share."""

    unit: str | None
    observed: int
    missing: int
    """Replications in which it did not occur."""
    mean: float | None
    mean_ci: Interval | None
    p05: float | None
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a sealed campaign says, beside its ordinary twin."""

    campaign: str
    ordinary: str
    """The campaign of the same days without the attack; itself where nobody attacks."""
    region: str
    scenario: str
    posture: str
    start: datetime
    horizon_h: int
    """For so long each replication is followed."""
    seed: int
    replications: int
    parameters: str
    """Whether each replication draws what is not known (`drawn`), or all take the parameters' values (`central`)."""
    attacks: bool
    """The scenario has a wave; else it is ordinary life, with which others are compared."""
    failure: bool
    """Nobody attacks: something on which many depend fails."""
    target: float
    """Share of the replications that have to hold."""
    went_off: Share
    """How often anything went off."""
    all_went_off: Share | None
    """How often every wave did; `None` where the scenario has one, or none."""
    reach: Mapping[str, Spread]
    """How many establishments and GHTs it came to, where it went off."""
    care: Judgement | None
    """Whether care held; `None` where the scenario has no threshold on care."""
    systems: Judgement | None
    """Whether response and systems came in time; `None` where it sets no deadline."""
    added: Mapping[str, Added]
    """What the attack adds to each indicator of care, where it went off."""
    median_replication: int
    """The crisis in the middle, by the emergency patients whom the attack keeps from care; the earlier of two.

    This and the worst are among those whose timeline is kept.
    """
    worst_replication: int
    waits: Mapping[str, Waited]
    """How long things took, those that were not over at the horizon included."""
    turns_on: Sensitivity | None
    """Which assumptions the verdict on care turns on; `None` where none is drawn, or nobody attacks."""
    track_record: TrackRecord | None
    """How this version of the model did on real incidents; `None` where that is not known."""
    first_sign: FirstSign | None
    """Where care gave way first; `None` where it always held."""
    indicators: Mapping[str, Distribution]
    """Every other indicator over all replications, ordinary life included."""
    departments: tuple[Department, ...]
    """Of the people of the region; none where it does not say where they live."""


def summarise(store: Store, campaign_id: str) -> Summary:
    """What the campaign says beside its twin; `BadStore` where a table is damaged, or the twin is not there."""
    snapshot = store.snapshot(campaign_id)
    (description,) = snapshot.descriptions
    inputs = store.inputs(campaign_id)
    scenario, crises = inputs["scenario"], crises_of(store, snapshot, inputs)
    rows, witnesses = crises.asked, crises.witnesses
    care, systems = of_care(scenario["thresholds"]), of_systems(scenario["thresholds"])
    deadlines = {each["indicator"]: each["at_most"] for each in systems}
    broken, by_harm = crises.shown & ~held_all(crises, care), _told(ranked(crises), description)
    return Summary(
        campaign=campaign_id,
        ordinary=description.ordinary,
        region=inputs["region"]["name"],
        scenario=scenario["name"],
        posture=inputs["posture"]["name"],
        start=datetime.fromisoformat(scenario["start"]),
        horizon_h=scenario["horizon_h"],
        seed=description.seed,
        replications=len(rows),
        parameters=inputs["uncertainty"],
        attacks=bool(scenario["waves"]),
        failure=bool(scenario["waves"]) and all(map(_is_failure, scenario["waves"])),
        target=scenario["held_share_target"],
        went_off=share_of(~np.isnan(rows.of("went_off_h")), np.ones(len(rows), np.bool_), witnesses),
        all_went_off=all_went_off(rows, len(scenario["waves"]), witnesses),
        reach=reach_of(crises),
        care=judged(crises, care, scenario["held_share_target"]),
        systems=judged(crises, systems, scenario["held_share_target"]),
        added=added_by(crises),
        median_replication=int(by_harm[(len(by_harm) - 1) // 2]),
        worst_replication=int(by_harm[-1]),
        waits={name: waited(rows, name, crises.horizon_h, deadlines.get(name)) for name in WAITS},
        turns_on=turning_of(crises, snapshot, inputs),
        track_record=track_record_of(description.versions["model"]),
        first_sign=first_sign_of(rows, broken, inputs["region"]["establishments"]),
        indicators=distributions_of(rows, witnesses),
        departments=departments_of(snapshot),
    )


def _told(by_harm: NDArray[np.intp], description: Description) -> NDArray[np.intp]:
    """Of these crises, those whose timeline is kept; all of them where that is kept of none."""
    if description.hours.keeps("timeline", description.replications - 1):
        return by_harm
    kept = by_harm[by_harm < detail.WHOLE]
    return kept if len(kept) else by_harm


def all_went_off(rows: Rows, waves: int, witnesses: Witnesses) -> Share | None:
    """How often every wave went off, where there are several."""
    if waves <= 1:
        return None
    return share_of(rows.of("waves_gone_off") >= waves, np.ones(len(rows), np.bool_), witnesses)


def _is_failure(wave: Mapping[str, Any]) -> bool:
    """No attacker has caused it."""
    return wave["payload"] in {Payload.OUTAGE, Payload.FAULTY_UPDATE} and not wave["attacked"]


def distributions_of(rows: Rows, witnesses: Witnesses) -> dict[str, Distribution]:
    """Every indicator but for the waits, of which a mean would leave out the longest."""
    fields = [field for field in SCHEMAS["replications"] if field.name not in {"replication", *WAITS}]
    return {field.name: _distribution(rows, field, witnesses) for field in fields}


def _distribution(rows: Rows, field: pa.Field, witnesses: Witnesses) -> Distribution:
    every = rows.of(field.name)
    is_there = ~np.isnan(every)
    values, of_these = every[is_there], witnesses.among(is_there)
    if pa.types.is_boolean(field.type):
        return _yes_or_no(values > 0.0, len(every) - len(values), of_these)
    p05, p50, p95 = quantiles(values, [0.05, 0.5, 0.95])
    return Distribution(
        unit=unit_of(field),
        observed=len(values),
        missing=len(every) - len(values),
        mean=float(values.mean()) if len(values) else None,
        mean_ci=of_these.mean_interval(values) if len(values) else None,
        p05=p05,
        p50=p50,
        p95=p95,
    )


def _yes_or_no(those: NDArray[np.bool_], missing: int, witnesses: Witnesses) -> Distribution:
    observed = len(those)
    return Distribution(
        unit="1",
        observed=observed,
        missing=missing,
        mean=float(those.mean()) if observed else None,
        mean_ci=witnesses.share_interval(those) if observed else None,
        p05=None,
        p50=None,
        p95=None,
    )
