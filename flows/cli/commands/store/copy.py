"""The verb `store copy`: the campaigns of a store in another, here or elsewhere."""

from functools import partial
from typing import Annotated

import typer

from flows.cli.commands.options import Json, Lang
from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import number

PLACE = _("FOLDER|URL")
From = Annotated[
    str,
    typer.Argument(
        metavar=PLACE, help=_("The store that is copied: a folder, or a URL as s3://bucket/folder.")
    ),
]
To = Annotated[
    str, typer.Argument(metavar=PLACE, help=_("Where its campaigns shall be too: a folder, or a URL."))
]


def copy(source: From, target: To, *, json: Json = False, lang: Lang = None) -> None:
    """What the other store lacks is put there; exit code 1 if a campaign is left as it is there."""
    import results
    from flows.terminal.progress import steps
    from results.sealing import copying

    opened, other = results.open(source), results.receiving(target)
    copies = copying.copies_of(opened.path, other.path)
    asked = [each for each in copies if not each.is_left]
    left = [each.description.campaign for each in copies if each.is_left]
    put = {}
    with steps(sum(len(each.files()) for each in asked)) as advance:
        for each in asked:
            name = each.description.campaign
            put[name] = copying.copy(each, partial(advance, name))
        for comparison in opened.comparisons():
            copying.copy_comparison(comparison.comparison, opened.path, other.path)
    if json:
        console.print_json(
            {"source": str(opened.path), "target": str(other.path), "files": put, "left": left}
        )
    else:
        _show(str(other.path), put, left)
    raise typer.Exit(1 if left else 0)


def _show(target: str, put: dict[str, int], left: list[str]) -> None:
    say = console.facts().print
    for campaign, count in put.items():
        told = _("{campaign}: {count} {count:file|files} written in {store}, the others were there.")
        say(told.format(campaign=campaign, count=number(count), store=target), soft_wrap=True)
    for campaign in left:
        told = _(
            "{campaign} is left as it is in {store}, which holds more of it or keeps its hours otherwise; choose "
            "another place."
        )
        say(told.format(campaign=campaign, store=target), soft_wrap=True)
