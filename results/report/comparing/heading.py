"""Heading: what a page of a comparison is about."""

from collections.abc import Iterator, Mapping
from typing import Any

from results.analysis.pairs.comparison import Comparison
from results.presentation.comparing.sentences import name_in_words
from results.presentation.language import _, named, of
from results.presentation.numbers import number
from results.presentation.tlp import sharing_of
from results.report.asked import Asked
from results.report.heading import Heading, days_in_words
from results.store.comparisons import Varies
from topologies.fields.title import Title


def heading_of_comparison(comparison: Comparison, inputs: Mapping[str, Any], asked: Asked) -> Heading:
    """The region and what is compared; the inputs are those of the reference."""
    names = [name_in_words(each) for each in comparison.alternatives]
    return Heading(
        title=named(inputs["region"]["title"]),
        subtitle=_("Compared: {names}").format(names=", ".join(names)),
        facts=tuple(_facts(comparison, inputs)),
        brief=(),
        tlp=f"TLP:{asked.tlp}",
        sharing=sharing_of(asked.tlp),
    )


def _facts(comparison: Comparison, inputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What all alternatives have in common."""
    scenario = inputs["scenario"]
    if comparison.varies is not Varies.SCENARIO:
        yield _("Scenario"), of(Title.model_validate(scenario["title"]))
    if comparison.varies is not Varies.EVENT and scenario["event"]:
        yield _("Event"), of(Title.model_validate(scenario["event"]["title"]))
    if comparison.varies is not Varies.POSTURE:
        yield _("Posture"), of(Title.model_validate(inputs["posture"]["title"]))
    yield _("Days simulated"), days_in_words(comparison.start, comparison.horizon_h)
    replications = _("{count} of each, on the same random numbers")
    yield _("Replications"), replications.format(count=number(comparison.replications))
