"""Prepare: what an establishment can make ready before any of it happens."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from results.presentation.language import _, named, of
from results.presentation.names import LEVERS
from results.presentation.numbers import measure, number
from results.report.parts import Listed, Section
from results.sheets.findings import Findings
from results.sheets.sections.weakest import dependences_of
from results.sheets.spread import ENOUGH
from topologies.fields.title import Title
from topologies.region import LinkKind, ServiceKind

MOST_LEVERS: Final = 3
MOST_APPLICATIONS: Final = 4
MOST_NAMES: Final = 5
BEAR_ON: Final[Mapping[LinkKind | None, str]] = {
    None: "internet_exposure",
    LinkKind.DIRECTORY: "directory",
    LinkKind.MAINTENANCE: "remote_maintenance",
    LinkKind.EXCHANGE: "awareness",
}
"""The lever that bears on each way in."""
NOT_LEVELS: Final = frozenset({"it_budget_share", "ght_pooling"})
"""Levers that are no level from 0 to 1 of an establishment."""


def prepare(findings: Findings, finess: str) -> Section:
    """Beds, paper, levers, numbers to call."""
    points = (
        *_beds(findings, finess),
        *_paper(findings, finess),
        *_levers(findings, finess),
        *_numbers(findings, finess),
    )
    return Section(anchor="prepare", title=_("What to prepare"), parts=(Listed(heading="", points=points),))


def _beds(findings: Findings, finess: str) -> Iterator[str]:
    """As many as the busiest day of the first week needs, at the upper end of the range."""
    if finess not in findings.with_hours:
        return
    told = {"critical": _("{count} of critical care"), "medicine": _("{count} of medicine and surgery")}
    found, crises = [], 0
    for kind, words in told.items():
        busiest = findings.busiest_day(finess, kind)
        if busiest is not None and round(busiest.high) > 0:
            found.append(words.format(count=number(busiest.high)))
            crises = busiest.crises
    if found:
        sentence = (
            _("Beds for nineteen of twenty of these crises: {beds}. Say which, and who opens them.")
            if crises >= ENOUGH
            else _("Beds for the worst of these crises: {beds}. Say which, and who opens them.")
        )
        yield sentence.format(beds=_(" and ").join(found))


def _paper(findings: Findings, finess: str) -> Iterator[str]:
    """What must be done on paper: what was lost here, else what costs most where it is lost."""
    known: Mapping[str, Mapping[str, Any]] = findings.evidence.inputs["parameters"]["outages"]["applications"]
    turned_on = findings.chains.turned_on.get(finess, {})
    lost = sorted((name for name in known if name in turned_on), key=lambda name: -turned_on[name].total())
    if not lost:
        yield _(
            "Paper kits for what every hospital loses first: patient record, prescriptions, requests and results of "
            "the laboratory, lists of patients present. Printed, in each ward, tried once a year."
        )
        return
    titles = [of(Title.model_validate(known[name]["title"])) for name in lost[:MOST_APPLICATIONS]]
    sentence = _(
        "Paper kits for what you lost here: {applications}. Printed, in each ward, tried once a year."
    )
    yield sentence.format(applications=", ".join(titles))


def _levers(findings: Findings, finess: str) -> Iterator[str]:
    """The levers that bear on how attackers came in, then those at which it is lowest, by the posture."""
    posture = findings.evidence.inputs["posture"]
    regional, own = posture["levers"], posture["establishments"].get(finess, {})
    known: dict[str, float] = {}
    for name in LEVERS:
        if name not in NOT_LEVELS:
            declared = own.get(name)
            known[name] = float(regional[name]["value"] if declared is None else declared)
    came_by = findings.ways_in.get(finess, Counter())
    borne_on = (BEAR_ON[kind] for kind, _crises in came_by.most_common() if kind in BEAR_ON)
    chosen = list(dict.fromkeys([*borne_on, *sorted(known, key=lambda name: known[name])]))[:MOST_LEVERS]
    sentence = (
        _(
            "The levers that bear on how they came in, then those at which the posture “{posture}” has you lowest (0: "
            "nothing done, 1: all that the programme asks): {levers}. These are levels of the region unless you "
            "declare your own."
        )
        if came_by
        else _(
            "The levers at which the posture “{posture}” has you lowest (0: nothing done, 1: all that the programme "
            "asks): {levers}. These are levels of the region unless you declare your own."
        )
    )
    yield sentence.format(
        posture=of(Title.model_validate(posture["title"])),
        levers=", ".join(f"{_(LEVERS[name])} {measure(known[name])}" for name in chosen),
    )


def _numbers(findings: Findings, finess: str) -> Iterator[str]:
    """Whom to call; the data of a region hold no telephone numbers."""
    region = findings.region
    samus = [
        service.name
        for key in sorted(findings.linked[finess])
        if (service := region.services.get(key)) is not None and service.kind is ServiceKind.SAMU
    ]
    rows = sorted(findings.planned(finess).rows, key=lambda row: -row.daily)
    receivers = [region.establishments[one.finess].name for row in rows for one in row.takers]
    suppliers = [one.name for one in dependences_of(findings, finess) if not one.is_own]
    names = [named(name) for name in dict.fromkeys([*samus, *receivers[:MOST_NAMES]])]
    called = [*names, *suppliers[:MOST_NAMES]]
    if called:
        sentence = _("Numbers to print and to try, since they are in no data here: {names}.")
        yield sentence.format(names=", ".join(dict.fromkeys(called)))
