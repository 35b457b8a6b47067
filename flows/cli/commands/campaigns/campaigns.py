"""The verb `campaigns`: what a store holds."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flows.cli.commands.options import Json, Lang, Store
from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import number

if TYPE_CHECKING:
    import results
    from flows.terminal.sheet import Sheet


def campaigns(*, store: Store = "store", json: Json = False, lang: Lang = None) -> None:
    """Campaigns and comparisons are listed, what was finished last at the top."""
    import results

    opened = results.open(store)
    kept = sorted(opened.campaigns(), key=lambda one: opened.written(one.campaign), reverse=True)
    comparisons = opened.comparisons()
    if json:
        console.print_json(
            {
                "store": str(opened.path),
                "campaigns": [_facts_of(opened, one) for one in kept],
                "comparisons": [
                    {"comparison": one.comparison, "varies": one.varies, "campaigns": list(one.campaigns)}
                    for one in comparisons
                ],
            }
        )
        return
    say = console.facts().print
    if not kept:
        nothing = _("{store} holds no campaign yet; tocsin run makes one.")
        say(nothing.format(store=opened.path), soft_wrap=True)
        return
    asked = [one for one in kept if not _is_ordinary(one)]
    say(_campaigns_table(opened, asked or kept))
    for sentence in _remarks(opened, len(kept) - len(asked) if asked else 0):
        say()
        say(sentence)
    if comparisons:
        say()
        say(_comparisons_table(comparisons))


def _is_ordinary(description: "results.Description") -> bool:
    """Nobody attacks: it is there for others to be compared with."""
    return description.ordinary == description.campaign


def _facts_of(store: "results.Store", one: "results.Description") -> dict[str, object]:
    return {
        "campaign": one.campaign,
        "ordinary": one.ordinary,
        "region": one.region,
        "scenario": one.scenario,
        "event": one.event,
        "posture": one.posture,
        "seed": one.seed,
        "state": one.state,
        "sealed": one.replications,
        "finished": store.finished(one.campaign),
        "model": one.versions["model"],
        "written": store.written(one.campaign).isoformat(timespec="seconds"),
    }


def _campaigns_table(store: "results.Store", kept: "Sequence[results.Description]") -> "Sheet":
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Campaign"), no_wrap=True)
    table.add_column(_("what was run"))
    for heading in (_("replications"), _("finished on")):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in kept:
        table.add_row(
            one.campaign, _asked(one), _progress(store, one), f"{store.written(one.campaign):%Y-%m-%d %H:%M}"
        )
    return table


def _asked(one: "results.Description") -> str:
    """The names with which the command would ask for it."""
    names = [one.region, one.scenario, *([one.event] if one.event else []), one.posture]
    return " · ".join([*names, _("seed {seed}").format(seed=one.seed)])


def _progress(store: "results.Store", one: "results.Description") -> str:
    """How many replications every reader sees, and how many wait for their run to be finished."""
    waiting = store.finished(one.campaign) - one.replications
    sealed = number(one.replications)
    return f"{sealed} (+ {number(waiting)})" if waiting else sealed


def _remarks(store: "results.Store", twins: int) -> Iterator[str]:
    if twins:
        told = _(
            "And {count} {count:campaign|campaigns} of ordinary days, with which these are compared "
            "(--json lists them)."
        )
        yield told.format(count=number(twins))
    if any(store.finished(one.campaign) > one.replications for one in store.campaigns()):
        yield _("In brackets: finished, but not read yet; the same `tocsin run` resumes where it stopped.")


def _comparisons_table(comparisons: "Sequence[results.ComparisonDescription]") -> "Sheet":
    from flows.terminal.sheet import Sheet
    from results import Varies

    differing = {
        Varies.POSTURE: _("postures"),
        Varies.SCENARIO: _("scenarios"),
        Varies.EVENT: _("events"),
    }
    table = Sheet()
    for heading in (_("Comparison"), _("what differs"), _("campaigns, the reference first")):
        table.add_column(heading)
    for one in comparisons:
        table.add_row(one.comparison, differing[one.varies], ", ".join(one.campaigns))
    return table
