"""Reproduce: the command that gives the same results to the byte, and the digests that prove it."""

import shlex
from collections.abc import Iterator, Mapping
from typing import Final

from results.presentation.language import _, later
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table
from results.store.description import Description

INPUTS: Final[Mapping[str, str]] = {
    "region": later("region"),
    "scenario": later("scenario"),
    "posture": later("posture"),
    "parameters": later("parameters"),
    "assumptions": later("assumptions about the region"),
    "aims": later("entry points chosen"),
    "uncertainty": later("how parameters are drawn"),
}
"""What decides a campaign's results, beside the seed and the version of the model."""


def reproduce(evidence: Evidence) -> Section:
    """What was run, by which version, and the digest of each input."""
    (description,) = evidence.snapshot.descriptions
    explained = _(
        "The same inputs and the same seed give the same campaign to the byte, on any machine. Its name is the digest "
        "of all that decides its results: where the command gives another name, something differs. Where the region, "
        "the scenario, the posture or the event is a file of your own, give its path for its name."
    )
    table = Table(
        caption=_("How to reproduce this page"),
        headings=(_("what"), _("value")),
        rows=tuple(_rows(evidence, description)),
        worded=frozenset({1}),
    )
    return Section(
        anchor="reproduce", title=_("How to reproduce it"), parts=(Prose(sentences=(explained,)), table)
    )


def _rows(evidence: Evidence, description: Description) -> Iterator[tuple[str, str]]:
    yield _("command"), command_of(description, evidence.summary.parameters)
    yield _("campaign"), description.campaign
    yield _("the same days without it"), description.ordinary
    yield _("seed"), str(description.seed)
    yield _("version of the model"), description.versions["model"]
    others = (f"{name} {version}" for name, version in description.versions.items() if name != "model")
    yield _("run with"), ", ".join(others)
    for name, digest in description.digests.items():
        yield _("SHA-256: {input}").format(input=_(INPUTS[name])), digest


def command_of(description: Description, parameters: str) -> str:
    """What a person types to have the same campaign, of parameters that are drawn or central."""
    posture = shlex.join(["--posture", description.posture])
    return f"tocsin run {options_of(description, parameters)} {posture}"


def options_of(description: Description, parameters: str) -> str:
    """The region, the scenario and all else that the command is given, but for the posture."""
    words = [description.region, description.scenario, "-n", str(description.replications)]
    words += ["--seed", str(description.seed), "--event", description.event or "none"]
    return shlex.join([*words, "--parameters", parameters])
