"""Outcomes, campaigns and stores made up for the tests: small, seeded, and as varied as real ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import numpy as np

import results
from results import Store
from simulation import Campaign, ordinary_twin
from simulation.inputs.library import load_posture, load_scenario
from simulation.outcome.columns import Instants, Rows
from simulation.outcome.communes import CommuneTotals
from simulation.outcome.establishment_hours import EstablishmentHours
from simulation.outcome.records import EstablishmentOutcome, Hours, Outcome, ReplicationOutcome, TimelineRow
from topologies.region import Basis, Category, Establishment, Region

R = TypeVar("R")

START = datetime(2024, 7, 21, 8, tzinfo=ZoneInfo("Europe/Paris"))
SITES = {f"75010012{number}": f"Hôpital {number}" for number in range(4)}
STREAMS = ("critical_care", "emergency_adult", "surgery_scheduled")


def establishment(finess: str, name: str) -> Establishment:
    """A site of the made-up region."""
    return Establishment(
        finess=finess,
        name=name,
        commune="Paris",
        department="75",
        category=Category.GENERAL,
        public=True,
        latitude=48.85,
        longitude=2.35,
        ght=f"GHT {finess[-1]}",
        ght_basis=Basis.PUBLISHED,
        support=False,
        adult_emergency=True,
        paediatric_emergency=False,
        ed_visits_per_year=40_000,
        beds_mco=200,
        beds_icu=10,
        beds_intensive=None,
        beds_uhcd=None,
        beds=300,
        beds_basis=Basis.ASSUMPTION,
        basis=Basis.PUBLISHED,
        source="made up",
    )


@cache
def campaign(seed: int = 1) -> Campaign:
    """A campaign over a made-up region, with the built-in scenario, posture and parameters, in which nobody attacks.

    So it is its own ordinary twin.
    """
    attacked = attack(seed)
    return replace(attacked, scenario=attacked.scenario.model_copy(update={"waves": ()}))


@cache
def attack(seed: int = 1) -> Campaign:
    """The same with the attack."""
    region = Region(
        name="essai",
        title="Région d'essai",
        establishments={finess: establishment(finess, name) for finess, name in SITES.items()},
        services={},
        venues={},
        links=(),
    )
    return Campaign(
        region=region,
        scenario=load_scenario("ransomware-opening-ceremony").model_copy(update={"event": None}),
        posture=load_posture("baseline"),
        seed=seed,
    )


@cache
def outcome(replication: int, hours: int = 5, territories: int = 3) -> Outcome:
    """What a replication of this number always returns."""
    rng = np.random.default_rng(replication)
    return Outcome(
        start=START,
        replication=_replication(replication, rng),
        establishments=rows_of(
            EstablishmentOutcome, (_establishment(replication, finess, rng) for finess in SITES)
        ),
        hours=_hours(hours, territories, rng),
        establishment_hours=_establishment_hours(hours, rng),
        communes=_communes(rng),
        timeline=rows_of(
            TimelineRow, (_event(replication, event, rng) for event in range(rng.integers(0, 6)))
        ),
        parameters={"breakout_h": float(rng.random()), "medicine_occupancy": float(rng.random())},
    )


def rows_of(record: type[R], rows: Iterable[R]) -> Rows[R]:
    """The same, held as columns; instants as a replication holds them."""
    every = list(rows)
    columns: dict[str, Sequence[Any]] = {
        name: [getattr(row, name) for row in every] for name in get_type_hints(record)
    }
    if record is TimelineRow:
        columns["at"] = Instants(START, columns["at_h"])
    return Rows(record, columns)


def outcomes(numbers: Iterable[int]) -> list[Outcome]:
    """The outcomes of these replications."""
    return [outcome(number) for number in numbers]


def sealed(path: Path, chunks: Iterable[Iterable[int]], replications: int) -> Store:
    """A store in which these chunks of replications were written, then so many sealed."""
    store = results.prepare(path)
    with store.begin(campaign()):
        for chunk in chunks:
            store.write_chunk(campaign().id, outcomes(chunk))
        store.seal(campaign().id, replications)
    return store


def sealed_beside(
    path: Path, asked: Sequence[Outcome], ordinary: Sequence[Outcome], attacked: Campaign | None = None
) -> Store:
    """A store with an attack and its ordinary twin, in which these replications are sealed."""
    store, attacked = results.prepare(path), attacked or attack()
    for one, some in ((ordinary_twin(attacked), ordinary), (attacked, asked)):
        with store.begin(one):
            store.write_chunk(one.id, some)
            store.seal(one.id, len(some))
    return store


def _anything(hint: Any, rng: np.random.Generator) -> object:
    """A value of the type that a field declares; where it may be missing, it often is."""
    declared = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    alternatives = get_args(declared) or (declared,)
    if NoneType in alternatives and rng.random() < 0.4:
        return None
    draws: dict[type, Callable[[], object]] = {
        bool: lambda: bool(rng.random() < 0.7),
        int: lambda: int(rng.integers(0, 300)),
        float: lambda: float(rng.exponential(20)),
        str: lambda: str(rng.choice(["directory", "hosting", "maintenance"])),
    }
    return draws[alternatives[0]]()


def _record(record: type[R], rng: np.random.Generator, known: dict[str, object]) -> R:
    hints = get_type_hints(record, include_extras=True)
    return record(
        **{name: known[name] if name in known else _anything(hint, rng) for name, hint in hints.items()}
    )


def _replication(replication: int, rng: np.random.Generator) -> ReplicationOutcome:
    row = _record(ReplicationOutcome, rng, {"replication": replication})
    hit = row.first_impact_h is not None
    back = row.capacity_back if hit else None
    cleared = row.backlog_cleared if hit else None
    return replace(
        row,
        went_off_h=row.first_impact_h,
        regional_cell_delay_h=float(rng.exponential(5)) if hit else None,
        capacity_back=back,
        restored_80_h=float(rng.exponential(200)) if back else None,
        restoration_h=float(rng.exponential(100)) if back else None,
        backlog_cleared=cleared,
        backlog_recovery_h=float(rng.exponential(100)) if cleared else None,
        responder_wait_max_h=None if row.responders_came is None else float(rng.exponential(20)),
    )


def _establishment(replication: int, finess: str, rng: np.random.Generator) -> EstablishmentOutcome:
    known = {"replication": replication, "finess": finess, "ght": f"GHT {finess[-1]}"}
    return _record(EstablishmentOutcome, rng, known)


def _hours(hours: int, territories: int, rng: np.random.Generator) -> Hours:
    groups = tuple((f"GHT {territory:02}", stream) for territory in range(territories) for stream in STREAMS)
    shape = (hours, len(groups))
    mean = rng.gamma(2, 2, len(groups))
    return Hours(
        groups=groups,
        hour=np.arange(hours, dtype=np.int32),
        stands_for_h=np.ones(hours, np.int32),
        demand=rng.poisson(mean, shape).astype(np.int32),
        served=rng.poisson(mean, shape).astype(np.int32),
        diverted_out=rng.poisson(0.05, shape).astype(np.int32),
        ambulances_diverted_out=rng.poisson(0.02, shape).astype(np.int32),
        moved_on_out=rng.poisson(0.02, shape).astype(np.int32),
        patients_transferred_out=rng.poisson(0.03, shape).astype(np.int32),
        diverted_in=rng.poisson(0.05, shape).astype(np.int32),
        ambulances_diverted_in=rng.poisson(0.02, shape).astype(np.int32),
        moved_on_in=rng.poisson(0.02, shape).astype(np.int32),
        patients_transferred_in=rng.poisson(0.03, shape).astype(np.int32),
        unmet=rng.poisson(0.02, shape).astype(np.int32),
        waiting=rng.poisson(1.5 * mean, shape).astype(np.int32),
        in_care=rng.poisson(5 * mean, shape).astype(np.int32),
        capacity_share=np.where(rng.random(shape) < 0.7, 1, np.round(rng.random(shape), 2)).astype(
            np.float32
        ),
    )


def _establishment_hours(hours: int, rng: np.random.Generator) -> EstablishmentHours:
    shape = (len(SITES), hours)
    counts = {
        field.name: rng.poisson(2, shape).astype(np.int32)
        for field in fields(EstablishmentHours)
        if field.name not in {"finess", "hour", "stands_for_h"}
    }
    return EstablishmentHours(
        finess=tuple(SITES),
        hour=np.arange(hours, dtype=np.int32),
        stands_for_h=np.ones(hours, np.int32),
        **counts,
    )


def _communes(rng: np.random.Generator) -> CommuneTotals:
    """The people of five communes of two departments."""
    codes = ("75101", "75102", "77001", "77002", "77003")
    hints = get_type_hints(CommuneTotals)
    measures = {
        name: rng.poisson(30.0, len(codes)).astype(get_args(get_args(hint)[1])[0])
        for name, hint in hints.items()
        if name not in {"codes", "departments"}
    }
    return CommuneTotals(codes=codes, departments=tuple(code[:2] for code in codes), **measures)


def _event(replication: int, event: int, rng: np.random.Generator) -> TimelineRow:
    at_h = event + float(rng.random())
    known = {"replication": replication, "event": event, "at_h": at_h, "at": START + timedelta(hours=at_h)}
    return _record(TimelineRow, rng, {**known, "cause": event - 1 if event else None})
