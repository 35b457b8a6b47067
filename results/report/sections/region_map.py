"""Region map: what becomes of each establishment, hour after hour, in the crisis in the middle and in the worst."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, inf
from typing import Any, Final

import numpy as np

from results.presentation.language import _, later, named, spoken
from results.presentation.numbers import instant, number
from results.presentation.story.chain import moment
from results.report.asked import NamesShown
from results.report.charts.drawn_map import drawn_map
from results.report.charts.site_states import Doors, SiteStory, Systems, stories_of
from results.report.evidence import Evidence
from results.report.parts import Mapped, Prose, Section, Table

STATES: Final[Mapping[Systems | Doors, str]] = {
    Systems.COMPROMISED: later("the attacker is inside"),
    Systems.DOWN: later("systems down: hit, or switched off by decision"),
    Systems.IMPAIRED: later("some applications missing"),
    Systems.RESTORED: later("systems back"),
    Doors.DIVERTING: later("emergencies divert ambulances, or are closed"),
}


@dataclass(frozen=True, slots=True)
class Crisis:
    """One replication on the map."""

    title: str
    stories: tuple[SiteStory, ...]
    peak_h: int
    """The first hour at which most systems are down."""


def region_map(evidence: Evidence) -> Section:
    """The map and its table; without names there is none, since where a place lies tells who it is."""
    title = _("Hour by hour on the map")
    if evidence.asked.names is NamesShown.ANONYMISED:
        nothing = _("There is no map without names: where an establishment lies tells which it is.")
        return Section(anchor="map", title=title, parts=(Prose(sentences=(nothing,)),))
    crises = [
        _crisis(evidence, replication, heading)
        for replication, heading in (
            (evidence.summary.median_replication, _("The crisis in the middle")),
            (evidence.summary.worst_replication, _("The worst crisis")),
        )
    ]
    explained = _(
        "Circles are establishments, larger with more beds; lines tie the members of a GHT to its support "
        "establishment; grey dots are the people of each commune; triangles are venues of the event."
    )
    return Section(
        anchor="map", title=title, parts=(Prose(sentences=(explained,)), _mapped(evidence, crises))
    )


def _crisis(evidence: Evidence, replication: int, heading: str) -> Crisis:
    stories = tuple(stories_of(evidence.snapshot, replication))
    peak_h = _most_down(stories, int(evidence.inputs["scenario"]["horizon_h"]))
    return Crisis(f"{heading} ({replication})", stories, peak_h)


def _most_down(stories: Sequence[SiteStory], horizon_h: int) -> int:
    """The first hour at which most systems are down; where none ever is, at which most miss applications."""
    down = [(each.down_h, each.back_h or inf) for each in stories if each.down_h is not None]
    steps = np.zeros(horizon_h + 2, np.intp)
    for begin_h, end_h in down or [interval for each in stories for interval in each.impaired]:
        begin = ceil(begin_h)
        steps[begin] += 1
        steps[max(begin, ceil(min(end_h, horizon_h + 1)))] -= 1
    return int(steps.cumsum()[:-1].argmax())


def _mapped(evidence: Evidence, crises: list[Crisis]) -> Mapped:
    drawn, shown = drawn_map(evidence.inputs["region"]), crises[0]
    begin = {each.finess: each.at(shown.peak_h) for each in shown.stories}
    return Mapped(
        seen=tuple(_seen(evidence, one) for one in crises),
        drawn=drawn,
        names={finess: _called(evidence, finess) for finess in drawn.sites},
        venues={key: named(evidence.inputs["region"]["venues"][key]["name"]) for key in drawn.venues},
        states={finess: (str(state.systems), str(state.doors)) for finess, state in begin.items()},
        key=tuple((str(state), _(meaning)) for state, meaning in STATES.items()),
        data={
            "start": evidence.summary.start.isoformat(),
            "language": spoken(),
            "crises": [_changes(one, [*drawn.sites]) for one in crises],
        },
        crises=tuple(one.title for one in crises),
        peak_h=shown.peak_h,
        horizon_h=int(evidence.inputs["scenario"]["horizon_h"]),
        words={
            "crisis": _("Crisis"),
            "hour": _("Hour"),
            "play": _("Play"),
            "pause": _("Pause"),
            "zoom": _("Enlarge the centre"),
        },
        tables=tuple(_table(evidence, one) for one in crises),
    )


def _called(evidence: Evidence, finess: str) -> str:
    site = evidence.inputs["region"]["establishments"][finess]
    name = named(evidence.names[finess])
    return f"{name} · {named(site['ght'])}" if site["ght"] else name


def _changes(crisis: Crisis, order: list[str]) -> dict[str, Any]:
    """For the script: of each establishment, the whole hours from which on it is something else, and what."""
    stories = {each.finess: each for each in crisis.stories}
    return {"peak": crisis.peak_h, "sites": [_whole_hours(stories[finess]) for finess in order]}


def _whole_hours(story: SiteStory) -> list[tuple[int, str, str]]:
    """Its changes as the slider meets them: of several within an hour, the last."""
    found = {ceil(one.from_h): (str(one.systems), str(one.doors)) for one in story.changes()}
    return [(hour, *state) for hour, state in found.items()]


def _seen(evidence: Evidence, crisis: Crisis) -> str:
    """How many are what when most are down."""
    at_peak = [each.at(crisis.peak_h) for each in crisis.stories]
    sentence = _(
        "{crisis}, {instant}, when most systems are down: {down} {down:establishment|establishments} of {count} with "
        "systems down, {impaired} without some applications, {diverting} with emergencies that divert or are closed."
    )
    return sentence.format(
        crisis=crisis.title,
        instant=instant(evidence.summary.start, crisis.peak_h),
        down=number(sum(each.systems is Systems.DOWN for each in at_peak)),
        impaired=number(sum(each.systems is Systems.IMPAIRED for each in at_peak)),
        diverting=number(sum(each.doors is Doors.DIVERTING for each in at_peak)),
        count=number(len(at_peak)),
    )


def _table(evidence: Evidence, crisis: Crisis) -> Table:
    """The establishments that the attacker entered, or that missed systems or applications, in order of time."""
    touched = [each for each in crisis.stories if _first(each) < inf]
    return Table(
        caption=_("{crisis}: establishments entered, down or without applications").format(
            crisis=crisis.title
        ),
        headings=(
            _("establishment"),
            _("entered"),
            _("applications missing"),
            _("down"),
            _("back"),
            _("hours of diversion or closure"),
        ),
        rows=tuple(_rows(evidence, sorted(touched, key=lambda each: (_first(each), each.finess)))),
        worded=frozenset({1, 2, 3, 4}),
    )


def _first(story: SiteStory) -> float:
    return min(hour for hour in (story.compromised_h, story.down_h, _missing(story), inf) if hour is not None)


def _missing(story: SiteStory) -> float | None:
    """When its first application was missing."""
    return min((begin for begin, _end in story.impaired), default=None)


def _rows(evidence: Evidence, stories: list[SiteStory]) -> Iterator[tuple[str, ...]]:
    horizon_h = float(evidence.inputs["scenario"]["horizon_h"])

    def when(hour: float | None, never: str) -> str:
        return never if hour is None else moment(evidence.summary.start + timedelta(hours=hour))

    for each in stories:
        hours = sum(min(end, horizon_h) - begin for begin, end in each.diverting)
        down = each.down_h is not None
        yield (
            named(evidence.names[each.finess]),
            when(each.compromised_h, "–"),
            when(_missing(each), "–"),
            when(each.down_h, "–"),
            when(each.back_h, _("not by the end") if down else "–"),
            number(hours),
        )
