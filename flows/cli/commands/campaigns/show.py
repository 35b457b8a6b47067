"""The verb `show`: what a campaign or a comparison of a store says, as `run` or `compare` showed it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands import completing
from flows.cli.commands.options import FLAG, Json, Lang, Store
from flows.terminal import console
from results.presentation.language import _

if TYPE_CHECKING:
    import results
    from flows.cli.briefing import Shown

Name = Annotated[
    str,
    typer.Argument(
        metavar=_("CAMPAIGN|COMPARISON"),
        autocompletion=completing.campaigns_and_comparisons,
        help=_("Its name in the store, as `tocsin run`, `tocsin compare` or `tocsin campaigns` tells it."),
    ),
]
Details = Annotated[
    bool,
    typer.Option("--details", metavar=FLAG, help=_("The whole page: every indicator, delay and threshold.")),
]


def show(
    name: Name,
    *,
    details: Details = False,
    store: Store = "store",
    json: Json = False,
    lang: Lang = None,
) -> None:
    """What is in the store is read; nothing is run."""
    import results
    from results.store.comparisons import is_comparison

    opened = results.open(store)
    if is_comparison(name):
        _show_comparison(opened, name, json=json)
    else:
        _show_campaign(opened, name, details=details, json=json)


def _show_campaign(opened: "results.Store", name: str, *, details: bool, json: bool) -> None:
    import results
    from flows.cli.briefing import Shown
    from results.store.rebuilding import campaign_kept

    summary = results.summarise(opened, name)
    shown = Shown(campaign=campaign_kept(opened, name), store=opened, summary=summary)
    show_campaign(shown, details=details, json=json)


def _show_comparison(opened: "results.Store", name: str, *, json: bool) -> None:
    import results
    from flows.cli.commands.comparison.shown import Compared, show_comparison
    from results.store.rebuilding import campaign_kept

    comparison = results.compare(opened, name)
    reference = campaign_kept(opened, opened.comparison(name).campaigns[0])
    show_comparison(Compared(reference=reference, store=opened, comparison=comparison), json=json)


def show_campaign(shown: "Shown", *, details: bool, json: bool, more: Mapping[str, object] = {}) -> None:
    """The briefing, the whole page, or all of it for a program, with more of how it was run.

    Where it lies stands on the page, and beside the briefing, as a message.
    """
    from flows.cli.briefing import briefing_of, facts_of, results_line
    from flows.cli.details import details_of

    if json:
        console.print_json({**facts_of(shown), **more})
    elif details:
        console.facts().print(details_of(shown), crop=False)
    else:
        console.messages().print(results_line(shown), soft_wrap=True)
        console.facts().print(briefing_of(shown), crop=False)
