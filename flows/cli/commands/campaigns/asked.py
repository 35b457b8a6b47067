"""What `run` asks for, and `compare` with it: the arguments and options of a campaign."""

from typing import Annotated, Literal

import typer

from flows.cli.commands import completing
from flows.cli.commands.options import FLAG, NUMBER
from results.presentation.language import _

REGION, SCENARIO = _("REGION"), _("SCENARIO")

Region = Annotated[
    str,
    typer.Argument(
        metavar=REGION,
        autocompletion=completing.regions,
        help=_("The health region that is attacked: a name, or a folder of your own."),
    ),
]
Scenario = Annotated[
    str,
    typer.Argument(
        metavar=SCENARIO,
        autocompletion=completing.scenarios,
        help=_("The attack, and the event during which it strikes: a name, or a file of your own."),
    ),
]
Posture = Annotated[
    str,
    typer.Option(
        metavar=_("NAME|FILE"),
        autocompletion=completing.postures,
        help=_("How prepared the region is: a name, or a file of your own."),
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar=_("LEVER=LEVEL"),
        help=_("Another level of a lever of the posture, such as backups=0.9; can be given several times."),
    ),
]
Replications = Annotated[
    int, typer.Option("-n", "--replications", min=1, metavar=NUMBER, help=_("Number of replications."))
]
Seed = Annotated[int, typer.Option(min=0, metavar=NUMBER, help=_("Random seed: same seed, same draws."))]
Event = Annotated[
    str | None,
    typer.Option(
        metavar=_("NAME|FILE|none"),
        autocompletion=completing.events,
        help=_("The event during the attack; the scenario's own by default."),
    ),
]
Parameters = Annotated[
    Literal["drawn", "central"],
    typer.Option(
        help=_(
            "drawn: each replication takes the uncertain ones from their ranges, so that the results hold what is not "
            "known too; central: all take the parameters' own values, and differ by chance alone."
        )
    ),
]
Hours = Annotated[
    Literal["site", "territory", "region", "bands"] | None,
    typer.Option(
        help=_(
            "How finely the store keeps hours: of each hospital and territory (site, the default), of territories, of "
            "the region alone, or only their mean and quantiles (bands), for very many replications."
        )
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        metavar=FLAG,
        help=_(
            "Check all of it, and tell how much there is to run, how long it takes and how much room, by a trial of a "
            "few replications; nothing is written."
        ),
    ),
]
Precision = Annotated[
    float | None,
    typer.Option(
        min=0.001,
        max=0.5,
        metavar=_("SHARE"),
        help=_(
            "Run on until the share of crises in which care held is known this well: 0.02 for ± 2 points with 95 % "
            "confidence. It is looked at after -n replications, twice as many, and so on; what is kept is what -n with "
            "the last number keeps."
        ),
    ),
]
AtMost = Annotated[
    int,
    typer.Option(min=1, metavar=NUMBER, help=_("Replications at which --precision stops in any case.")),
]
