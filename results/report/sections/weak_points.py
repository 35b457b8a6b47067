"""Weak points: over which establishments and shared services the attack reaches most patients."""

from collections.abc import Iterator

from results.analysis.compared.passed_through import Ways, ways_of
from results.presentation.language import _, named
from results.presentation.numbers import number, share
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table

MOST = 12
"""Places that a reader looks through."""


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
