"""Wording: the verdicts of a campaign, in the words of a person who prepares a region."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from results import Judgement, Share, Summary, Verdict
from results.presentation.language import _, later, named, of
from results.presentation.numbers import between, instant, number, share
from simulation.inputs.indicators.registry import INDICATORS

HOURS_A_DAY: Final = 24
CARE: Final[Mapping[Verdict, str]] = {
    Verdict.HOLDS: later("Care holds"),
    Verdict.BREAKS: later("Care gives way"),
    Verdict.UNDECIDED: later("Care: undecided"),
    Verdict.UNTESTED: later("Care: not put to the test"),
}
SYSTEMS: Final[Mapping[Verdict, str]] = {
    Verdict.HOLDS: later("Response and systems: in time"),
    Verdict.BREAKS: later("Response and systems: too late"),
    Verdict.UNDECIDED: later("Response and systems: undecided"),
    Verdict.UNTESTED: later("Response and systems: not put to the test"),
}
ASKED: Final[Mapping[Verdict, str]] = {
    Verdict.HOLDS: later("The scenario asks for at least {target}."),
    Verdict.BREAKS: later("The scenario asks for at least {target}."),
    Verdict.UNDECIDED: later(
        "The scenario asks for at least {target}: too few replications to tell, run more."
    ),
    Verdict.UNTESTED: later("The scenario asks for at least {target} of those in which something goes off."),
}
"""What the scenario asks, by the verdict on it."""
SIGNS: Final[Mapping[str, str]] = {
    "ed_shut_h": later("its emergency department takes no ambulances, or closes, by decision"),
    "planned_stopped_h": later("it stops planned care by decision"),
    "switched_off_h": later("it switches everything off by decision"),
    "impact_h": later("its systems are hit"),
    "service_lost_h": later("it loses a shared service"),
}
"""What a first sign of care giving way is, by its column."""

HOW_FAR: Final[Mapping[str, str]] = {
    "establishments_impacted": later(
        "Establishments hit: {median} in the median crisis, {more} in one of ten."
    ),
    "establishments_without_service": later(
        "Establishments that lost a shared service: {median} in the median crisis, {more} in one of ten."
    ),
}
"""How far it came, by its column."""


def reach_sentences(summary: Summary) -> Iterator[str]:
    """Whether it went off, and how far it came."""
    yield _went_off(summary)
    if summary.all_went_off is not None and summary.went_off.count:
        whole = _("All its waves went off in {count} of {of} {of:simulation|simulations}: {share}.")
        yield whole.format(**_gaps(summary.all_went_off))
    for name in _reached(summary):
        if name == "establishments_impacted" or summary.reach[name].one_in_ten:
            yield _how_far(summary, name)


def reach_in_brief(summary: Summary) -> list[str]:
    """The same of all waves together, and of those hit; of those that lost a service where next to nobody is hit."""
    reached = _reached(summary)
    told = [name for name in reached if summary.reach[name].one_in_ten] or [*reached]
    return [_went_off(summary), *(_how_far(summary, name) for name in told[:1])]


def _went_off(summary: Summary) -> str:
    if not summary.attacks:
        return _("Nobody attacks: these are ordinary days, with which attacks are compared.")
    if not summary.went_off.count:
        never = _(
            "It went off in none of {of} {of:simulation|simulations}: the scenario does "
            "not put the region to the test. What follows is what watching and cutting links cost."
        )
        return never.format(**_gaps(summary.went_off))
    came = (
        _("The failure came in {count} of {of} {of:replication|replications}: {share}.")
        if summary.failure
        else _("It went off in {count} of {of} {of:simulation|simulations}: {share}.")
    )
    return came.format(**_gaps(summary.went_off))


def _reached(summary: Summary) -> tuple[str, ...]:
    """The columns that say how far it came; none where it never went off."""
    return tuple(HOW_FAR) if summary.attacks and summary.went_off.count else ()


def _how_far(summary: Summary, name: str) -> str:
    reached, more = summary.reach[name], _("{number} or more")
    return _(HOW_FAR[name]).format(
        median=number(reached.median), more=more.format(number=number(reached.one_in_ten))
    )


def stopped_sentences(summary: Summary) -> list[str]:
    """What became of it where it did not go off."""
    if summary.failure or not 0 < summary.went_off.count < summary.went_off.of:
        return []
    return [_("In the others it failed, was stopped, or had not gone off by the end.")]


def added_word(summary: Summary) -> str:
    """What the table of what is added is called, or that of ordinary days; how many days are counted is in it."""
    word = (
        _("{days} ordinary {days:day|days}")
        if not summary.attacks
        else _("What the failure adds in {days} {days:day|days}")
        if summary.failure
        else _("What the attack adds in {days} {days:day|days}")
    )
    return word.format(days=number(summary.horizon_h / HOURS_A_DAY))


def care_word(summary: Summary) -> str:
    """The verdict on care, in a few words."""
    return _(CARE[summary.care.verdict]) if summary.care else _("No threshold on care")


def systems_word(summary: Summary) -> str:
    """The verdict on response and systems."""
    return _(SYSTEMS[summary.systems.verdict]) if summary.systems else _("No deadline for systems")


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict in sentences."""

    first: tuple[str, ...]
    """How often it held, how sure that is, and what the scenario asks."""
    rest: tuple[str, ...] = ()


def care_sentences(summary: Summary) -> list[str]:
    """How often care held, how sure that is, what the scenario asks, and how often it held over all."""
    said = _care(summary)
    return [*said.first, *said.rest]


def care_in_brief(summary: Summary) -> tuple[str, ...]:
    """The same without what is over all, and the threshold that was kept least often where care gives way."""
    return (*_care(summary).first, *_least_kept(summary.care))


def systems_sentences(summary: Summary) -> list[str]:
    """The same of the deadlines of response and systems."""
    said = _systems(summary)
    return [*said.first, *said.rest]


def systems_in_brief(summary: Summary) -> tuple[str, ...]:
    """The same without what is over all."""
    return (*_systems(summary).first, *_least_kept(summary.systems))


def _care(summary: Summary) -> Said:
    if summary.care is None:
        return Said((_("The scenario sets no threshold on care."),))
    if not summary.attacks:
        return Said((_("By definition: thresholds bound what an attack adds to days like these."),))
    template = (
        _(
            "What the failure adds stayed within every threshold in {count} of the {of} {of:crisis|crises}: {share} "
            "({interval} with 95 % confidence)."
        )
        if summary.failure
        else _(
            "What the attack adds stayed within every threshold in {count} of the {of} {of:crisis|crises} in which it "
            "went off: {share} ({interval} with 95 % confidence)."
        )
    )
    return _said(summary.care, summary, template)


def _systems(summary: Summary) -> Said:
    if summary.systems is None:
        return Said((_("The scenario sets no deadline for response and systems."),))
    template = _(
        "Every deadline was kept in {count} of the {of} {of:crisis|crises} in which it went off: {share} "
        "({interval} with 95 % confidence)."
    )
    said = _said(summary.systems, summary, template)
    late = sum(each.not_due for each in summary.systems.thresholds)
    if not late:
        return said
    not_due = _(
        "{count} {count:deadline falls|deadlines fall} after the end of the simulation, and "
        "{count:counts|count} as kept."
    )
    return replace(said, rest=(*said.rest, not_due.format(count=number(late))))


def _said(judgement: Judgement, summary: Summary, template: str) -> Said:
    over_all = _("Over all {of} replications, those in which nothing went off included: {share}.")
    given = [template.format(**_gaps(judgement.given))] if judgement.given.of else []
    others = judgement.over_all.of > judgement.given.of
    return Said(
        (*given, _(ASKED[judgement.verdict]).format(target=share(summary.target))),
        (over_all.format(**_gaps(judgement.over_all)),) if others else (),
    )


def undecided_sentences(summary: Summary) -> list[str]:
    """What to do where a verdict is open; the same of both."""
    judgements = [one for one in (summary.care, summary.systems) if one is not None]
    is_open = any(one.verdict is Verdict.UNDECIDED for one in judgements)
    return [_("Undecided: too few replications to tell, run more.")] if is_open else []


def _least_kept(judgement: Judgement | None) -> Iterator[str]:
    """The threshold that was kept least often, where the verdict is not a good one."""
    if judgement is None or judgement.verdict is Verdict.HOLDS or not judgement.given.of:
        return
    least = min(judgement.thresholds, key=lambda each: each.given.count)
    told = _("Kept least often ({share}): “{reason}”.")
    yield told.format(share=share(least.given.share or 0.0), reason=of(least.reason))


def _gaps(counted: Share) -> dict[str, str]:
    return {
        "count": number(counted.count),
        "of": number(counted.of),
        "share": share(counted.share or 0.0),
        "interval": between(*map(share, counted.interval or (0.0, 1.0))),
    }


def share_in_words(counted: Share) -> str:
    """How many of how many, and the share."""
    gaps = _gaps(counted)
    return _("{count} of {of}: {share}").format(**gaps) if counted.of else _("none")


def track_record_sentences(summary: Summary) -> list[str]:
    """How far to trust all this; the first sentence says it."""
    record = summary.track_record
    if record is None:
        return []
    gaps = {name: number(getattr(record, name)) for name in ("incidents", "figures", "hits", "better")}
    told = (
        _(
            "On {incidents} real incidents, each forecast from the others alone, {hits} of {figures} published "
            "{figures:figure|figures} lie within the interval that should hold nine in ten (tocsin backtest)."
        ),
        _("For {better} of them the forecast beats a simple guess."),
    )
    return [each.format(**gaps) for each in told]


def track_record_in_brief(summary: Summary) -> list[str]:
    """The first of these in half as many words."""
    record = summary.track_record
    if record is None:
        return []
    told = _(
        "On {incidents} real incidents, {hits} of {figures} published {figures:figure|figures} lie within the 90 % "
        "interval."
    )
    return [told.format(**{name: number(getattr(record, name)) for name in ("incidents", "figures", "hits")})]


SCATTERED: Final = 0.25
"""Below this share of the crises no one place is where care gives way first, by convention."""


def first_sign_sentences(summary: Summary) -> list[str]:
    """Where and when care gave way first; nothing where it always held."""
    first = summary.first_sign
    if first is None:
        return []
    where = (
        _("Where care gives way first: now one place, now another; most often {place}.")
        if first.share < SCATTERED
        else _("Where care gives way first, most often: {place}.")
    )
    how = _("{sign}, around {instant}, in {share} of the crises in which care does not hold.")
    at = instant(summary.start, round(first.median_h))
    sentence = how.format(sign=_(SIGNS[first.sign]), instant=at, share=share(first.share))
    return [where.format(place=named(first.name)), sentence[:1].upper() + sentence[1:]]


def name_of(indicator: str) -> str:
    """The indicator's title, in the language spoken."""
    return of(INDICATORS[indicator].title)
