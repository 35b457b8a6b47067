"""Weak points: over which places the attack reaches most patients, and what it adds where each of them is down."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from results.analysis.compared.added import UNMET
from results.analysis.compared.passed_through import Ways, ways_of
from results.analysis.compared.went_down import ENOUGH_FOR_ONE_IN_TEN, Some, apart, downs_of
from results.presentation.language import _, named
from results.presentation.numbers import number, share
from results.presentation.tabled import signed
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table

MOST, MOST_APART = 12, 8
"""Places that a reader looks through, and those of which two rows are told."""


def weak_points(evidence: Evidence) -> Section:
    """The places on most chains to patients, and how many establishments depend on each."""
    title = _("Single points of failure")
    services = evidence.inputs["region"]["services"]
    ways = ways_of(evidence.snapshot, evidence.told, services)
    if not ways.patients:
        nothing = _(
            "No chain leads from an attack or a failure to an emergency patient who was not cared for."
        )
        return Section(anchor="weak", title=title, parts=(Prose(sentences=(nothing,)),))
    read = _(
        "Over which places the chains run that lead from the first act to emergency patients who were not cared for, "
        "in {count} {count:crisis|crises}. One chain runs over several places, so shares do not add up. Chains say "
        "what weighed on a patient, not that care would have been given without it. What each failure alone costs: "
        "{command}."
    )
    command = f"tocsin topology failures {evidence.summary.region}"
    return Section(
        anchor="weak",
        title=title,
        parts=(
            Prose(sentences=(read.format(count=number(ways.crises), command=command), evidence.counted)),
            Table(
                caption=_("The places over which most patients are reached"),
                headings=(
                    _("place"),
                    _("in so many crises"),
                    _("of the patients not cared for"),
                    _("establishments linked to it"),
                ),
                rows=tuple(_rows(evidence, ways)),
            ),
            *_when_down(evidence, ways),
        ),
    )


def _rows(evidence: Evidence, ways: Ways) -> Iterator[tuple[str, ...]]:
    linked = _linked(evidence)
    for place in ways.places[:MOST]:
        yield (
            named(evidence.names[place.place]),
            share(place.crises / ways.crises),
            share(place.patients / ways.patients),
            number(len(linked.get(place.place, ()))),
        )


def _linked(evidence: Evidence) -> dict[str, set[str]]:
    """The establishments at the other end of each place's links of information systems."""
    region, found = evidence.inputs["region"], dict[str, set[str]]()
    for link in region["links"]:
        if link["kind"] != "transfer" and link["target"] in region["establishments"]:
            found.setdefault(link["source"], set()).add(link["target"])
    return found


def _when_down(evidence: Evidence, ways: Ways) -> Iterator[Prose | Table]:
    """Of the same places, what the attack adds in the crises in which each was down, and in the others."""
    services, shown = evidence.inputs["region"]["services"], evidence.told
    downs = downs_of(evidence.snapshot, len(shown), services)
    added = evidence.crises.added(UNMET)[: len(shown)]
    rows: list[tuple[str, ...]] = []
    went_down = (
        each.place for each in ways.places if (downs.get(each.place, np.zeros_like(shown)) & shown).any()
    )
    for place in islice(went_down, MOST_APART):
        found = apart(downs, place, added, shown, services)
        rows.append((named(evidence.names[place]),))
        rows.append((_("it went down"), *_cells(found.down)))
        rows.append((_("it did not"), *_cells(found.up)))
    if not rows:
        return
    read = _(
        "The emergency patients whom the attack keeps from care, in the crises in which each of these places was hit, "
        "failed or was switched off (a shared service: or was held by the attacker), and in the others. That is what "
        "goes together, not what its failure alone costs: in the same crises other establishments go down too, as many "
        "as the last column says. One in ten is told of {enough} crises and more."
    )
    yield Prose(sentences=(read.format(enough=number(ENOUGH_FOR_ONE_IN_TEN)),))
    yield Table(
        caption=_("What the attack adds where a place goes down, and where it does not"),
        headings=(
            _("place"),
            _("crises"),
            _("median"),
            _("one in ten"),
            _("others down, median"),
        ),
        rows=tuple(rows),
    )


def _cells(some: Some) -> tuple[str, ...]:
    return (
        number(some.crises),
        *("–" if value is None else signed(value) for value in (some.median, some.one_in_ten)),
        "–" if some.others_down is None else number(some.others_down),
    )
