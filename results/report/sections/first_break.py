"""First break: where care gives way first, and what led from the attacker to a patient in two crises."""

from collections.abc import Iterator, Mapping

from results.presentation.language import _, of
from results.presentation.numbers import number
from results.presentation.story.chain import chain_to, events_in, toll_of
from results.presentation.story.gravest import MET, gravest
from results.presentation.wording import first_sign_sentences
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Steps, Table
from results.tables.detail import WHOLE
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream


def first_break(evidence: Evidence) -> Section:
    """Where, when and why; then the median crisis and the worst, from the first act to what patients met."""
    signs = first_sign_sentences(evidence.summary)
    if not signs:
        signs = [_("Care held in every crisis: nothing gave way.")]
    return Section(
        anchor="first",
        title=_("What breaks first"),
        parts=(Prose(sentences=(*signs, *_among(evidence))), *_tales(evidence)),
    )


def _among(evidence: Evidence) -> Iterator[str]:
    """Where not every crisis has kept its timeline, among which those are that are told."""
    (description,) = evidence.snapshot.descriptions
    if not description.hours.keeps("timeline", description.replications - 1):
        told = _(
            "Of {of} {of:replication|replications}, the first ({count}) have kept their timeline: those told here are "
            "among these."
        )
        yield told.format(count=number(WHOLE), of=number(description.replications))


def _tales(evidence: Evidence) -> Iterator[Steps | Table]:
    replications = {
        evidence.summary.median_replication: _("The crisis in the middle"),
        evidence.summary.worst_replication: _("The worst crisis"),
    }
    for replication, heading in replications.items():
        yield from _tale(evidence, replication, heading)


def _tale(evidence: Evidence, replication: int, heading: str) -> Iterator[Steps | Table]:
    """What led to what befell most patients, step by step, and all that came of the same first act."""
    events = events_in(evidence.snapshot, replication)
    last = gravest(events)
    command = f"tocsin timeline {evidence.summary.campaign} --replication {replication}"
    whole = _("Replication {number}. To see it whole: {command}.").format(number=replication, command=command)
    if last is None:
        yield Steps(
            heading=heading,
            sentences=(
                whole,
                _("No patient was turned away, moved, put off or left without care because of the attack."),
            ),
            steps=(),
        )
        return
    chain = chain_to(events, last)
    lines = [evidence.telling.line(row) for row in chain]
    yield Steps(
        heading=heading,
        sentences=(whole,),
        steps=tuple((line.when, line.where, line.what) for line in lines),
    )
    yield _toll(toll_of(events, chain[0]["event"]), heading)


def _toll(toll: Mapping[tuple[EventKind, Stream], int], heading: str) -> Table:
    """What patients met because of the first act, by stream of care."""
    kinds = [kind for kind in MET if any(met == kind for met, _stream in toll)]
    streams = [stream for stream in Stream if any(of_stream == stream for _kind, of_stream in toll)]
    caption = _(
        "{crisis}: all that followed from its first step, in patients, operations, sessions and examinations"
    )
    return Table(
        caption=caption.format(crisis=heading),
        headings=(_("stream of care"), *(_(MET[kind]) for kind in kinds)),
        rows=tuple(
            (of(stream.label), *(number(toll.get((kind, stream), 0)) for kind in kinds)) for stream in streams
        ),
    )
