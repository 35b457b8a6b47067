"""Record: how the model did on incidents that happened, with all that it missed."""

from collections.abc import Iterator

from results.analysis.track_record import Missed
from results.presentation.language import _, of
from results.presentation.numbers import between, decimals_for, number
from results.presentation.wording import track_record_sentences
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table


def record(evidence: Evidence) -> Section:
    """The score, then each published figure outside its interval, with how we understand that."""
    known = evidence.summary.track_record
    sentences = track_record_sentences(evidence.summary)
    if known is None:
        sentences = [_("How this version of the model does on real incidents is not known yet.")]
    parts: list[Prose | Table] = [Prose(sentences=tuple(sentences))]
    if known is not None and known.missed:
        parts.append(
            Table(
                caption=_("What the model missed"),
                headings=(
                    _("published figure"),
                    _("observed"),
                    _("90 % interval"),
                    _("how we understand it"),
                ),
                rows=tuple(_rows(known.missed)),
                worded=frozenset({3}),
            )
        )
    return Section(anchor="record", title=_("How far to trust the model"), parts=tuple(parts))


def _rows(missed: tuple[Missed, ...]) -> Iterator[tuple[str, ...]]:
    for incident in dict.fromkeys(each.incident for each in missed):
        yield (of(incident),)
        for each in missed:
            if each.incident == incident:
                interval = between(_written(each.low), _written(each.high))
                yield of(each.figure), _written(each.observed), interval, of(each.why)


def _written(value: float) -> str:
    return number(value, decimals_for(value))
