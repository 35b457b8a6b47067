"""The page `docs/score-card.md`: every published figure beside its forecast, in French; as a program.

    python -m flows.cli.score_card > docs/score-card.md

It replays every incident, each with what the others tell, and lists the misses with what is understood of them
(`backtest/scoring/misses.yaml`). What all summaries tell of it goes to `results/analysis/track_record.yaml`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import yaml

import backtest
from backtest.scoring.forecast import Forecast, Score, scores
from backtest.scoring.misses import shaped_by, why_missed
from backtest.scoring.today import digest_of_today
from flows.cli.forecasts_in_words import between, within, written
from flows.execution.replays import count_of, forecast_all
from flows.terminal.progress import steps
from results.analysis.track_record import FILE, Missed, TrackRecord
from results.presentation.language import _, of, speak
from results.presentation.numbers import number, share
from simulation.inputs.campaign import MODEL_VERSION

HEADING = "# Written by `python -m flows.cli.score_card`; do not edit.\n"
REPLICATIONS = 40
SEED = 1


def page(forecasts: Sequence[Forecast]) -> Iterator[str]:
    """The lines of the page."""
    score = scores(forecasts)
    yield "# " + _("What the model is worth")
    yield ""
    yield _(
        "Made by `python -m flows.cli.score_card`; do not edit. Each incident is forecast without itself: what the "
        "model knows of it beyond what was known on its day comes from the other incidents."
    )
    yield ""
    yield from _told(score.held_out, _("Forecast without the incident"))
    yield from _told(score.by_hand, _("Set by hand with the figure in view (marked *): proves nothing"))
    yield ""
    headings = [_("Figure"), _("Observed"), _("50 % interval"), _("90 % interval"), _("Within"), _("Skill")]
    yield _row(headings)
    yield _row(["---", *["---:"] * 3, "---", "---:"])
    titles = {
        (account.name, figure.name): of(figure.title)
        for account in backtest.accounts()
        for figure in account.figures
    }
    for account in backtest.accounts():
        yield _row([f"**{of(account.title)}**", *[""] * 5])
        for each in forecasts:
            if each.incident == account.name:
                yield _row(_cells(each, titles[each.incident, each.figure]))
    yield ""
    yield "## " + _("Misses, and how we understand them")
    yield ""
    for each in forecasts:
        if not each.hit:
            title = titles[each.incident, each.figure]
            yield f"- **{title}**, {each.incident} — {of(why_missed(each.incident, each.figure))}"
    yield ""
    yield "## " + _("What cannot be left out")
    yield ""
    yield _(
        "Every number that an incident set is left out of its own forecast. That a mechanism exists is not: some were "
        "found by looking at an incident."
    )
    yield ""
    for incident, taught in shaped_by().items():
        yield f"- {of(taught)} ({incident})"


def record_of(forecasts: Sequence[Forecast]) -> TrackRecord:
    """What summaries tell of it; figures that a number was set by prove nothing, and are left out."""
    return TrackRecord(
        model=MODEL_VERSION,
        digest=digest_of_today(REPLICATIONS, SEED),
        incidents=len({each.incident for each in forecasts if not each.by_hand}),
        **asdict(scores(forecasts).held_out),
        missed=tuple(_missed(forecasts)),
    )


def _missed(forecasts: Sequence[Forecast]) -> Iterator[Missed]:
    """The figures that test the model and lie outside their interval, incident by incident."""
    for account in backtest.accounts():
        titles = {figure.name: figure.title for figure in account.figures}
        for each in forecasts:
            if each.incident == account.name and not each.hit and not each.by_hand:
                yield Missed(
                    incident=account.title,
                    figure=titles[each.figure],
                    observed=each.observed,
                    low=each.p5,
                    high=each.p95,
                    why=why_missed(each.incident, each.figure),
                )


def dump(record: TrackRecord) -> str:
    """The record as its file holds it."""
    return HEADING + yaml.safe_dump(record.model_dump(mode="json"), sort_keys=False, allow_unicode=True)


def _told(score: Score, whose: str) -> Iterator[str]:
    if score.figures:
        yield "- " + _(
            "{whose}: {figures} {figures:figure|figures}; {hits} within the 90 % interval ({share}), {half} within "
            "the 50 % interval ({share_half}); better than a guess: {better}; skill of all together: {skill}."
        ).format(
            whose=whose,
            figures=number(score.figures),
            hits=number(score.hits),
            share=share(score.hits / score.figures),
            half=number(score.hits_half),
            share_half=share(score.hits_half / score.figures),
            better=number(score.better),
            skill=number(score.skill, 2),
        )


def _cells(each: Forecast, title: str) -> list[str]:
    return [
        title + (" *" if each.by_hand else ""),
        written(each.observed),
        between(each.p25, each.p75),
        between(each.p5, each.p95),
        within(each),
        number(each.skill, 2),
    ]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Replays all incidents and prints the page."""
    speak("fr")
    incidents = [backtest.load(name, SEED) for name in backtest.incident_names()]
    with steps(count_of(incidents, REPLICATIONS)) as advance:
        forecasts = forecast_all(incidents, REPLICATIONS, None, lambda one: advance(of(one.account.title)))
    FILE.write_text(dump(record_of(forecasts)), "utf-8")
    print("\n".join(page(forecasts)))


if __name__ == "__main__":
    main()
