"""Options that several verbs share, and typer's own words in the language of the rest."""

import os
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from flows.cli.commands import completing
from flows.terminal import console
from results.presentation.language import _

if TYPE_CHECKING:
    from typer.core import TyperOption

FLAG = " "
"""In place of typer's word for a boolean, which reads as if a flag took a value."""

LIST = _("Without it, the list of all.")
NameOrFile = Annotated[str | None, typer.Argument(metavar=_("NAME|FILE"), help=LIST)]
NameOrFolder = Annotated[str | None, typer.Argument(metavar=_("NAME|FOLDER"), help=LIST)]
Json = Annotated[
    bool, typer.Option("--json", metavar=FLAG, help=_("Facts as one JSON object on standard output."))
]
Lang = Annotated[
    Literal["fr", "en"] | None,
    typer.Option(
        "--lang", case_sensitive=False, help=_("Language; by default that of the locale, else French.")
    ),
]
"""Applied before the command is parsed, so that help is in that language too."""

NUMBER = _("NUMBER")
Seed = Annotated[
    int, typer.Option("--seed", min=0, metavar=NUMBER, help=_("Random seed: same seed, same result."))
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, metavar=NUMBER, help=_("Number of worker processes; one per core by default.")
    ),
]

Dask = Annotated[
    str | None,
    typer.Option(
        metavar=_("ADDRESS"),
        help=_(
            "Compute on a Dask cluster, by the address of its scheduler, such as tls://node:8786 (docs/scale.md)."
        ),
    ),
]

STORE_VARIABLE = "TOCSIN_STORE"
"""What names the folder of results where the command does not."""

Store = Annotated[
    str,
    typer.Option(
        "--store",
        envvar=STORE_VARIABLE,
        show_envvar=False,
        metavar=_("FOLDER"),
        help=_("The folder of results; without it, that of the variable TOCSIN_STORE."),
    ),
]
CampaignName = Annotated[
    str,
    typer.Argument(
        metavar=_("CAMPAIGN"),
        autocompletion=completing.campaigns,
        help=_("Its name in the store, as `tocsin run` tells it."),
    ),
]

Profile = Annotated[
    str | None,
    typer.Option(
        "--prefect-profile",
        metavar=_("NAME"),
        help=_("A profile of your own Prefect; none by default (docs/operating.md)."),
    ),
]


def own_store() -> str:
    """The folder of results that verbs take where none is given."""
    return os.environ.get(STORE_VARIABLE) or "store"


def example(command: str) -> str:
    """The example at the foot of a verb's help."""
    return _("Example: {command}").format(command=command)


def show_version(asked: bool) -> None:
    """Shows the version and ends the program."""
    if asked:
        try:
            version = installed_version("tocsin")
        except PackageNotFoundError:
            version = _("(not installed)")
        console.facts().print(f"tocsin {version}")
        raise typer.Exit


class Verb(TyperCommand):
    """A verb with help in the language spoken: typer has these two sentences in English only."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        from flows.cli.commands.loudness import loudness_options  # which takes words from here

        self.params.extend(loudness_options())
        for argument in self.params:
            if isinstance(argument, TyperArgument):  # <str> means nothing to a planner
                argument.display_type_rich = lambda ctx: None  # type: ignore[method-assign]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Prints the help."""
        _keep_words_whole()
        super().format_help(ctx, formatter)

    def get_usage(self, ctx: Any) -> str:
        """How the verb is written."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> "TyperOption | None":
        """The option --help."""
        return _help_option(super().get_help_option(ctx))


class Verbs(TyperGroup):
    """The command without a verb; the same."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Prints the help."""
        _keep_words_whole()
        super().format_help(ctx, formatter)

    def get_usage(self, ctx: Any) -> str:
        """How the command is written."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> "TyperOption | None":
        """The option --help."""
        return _help_option(super().get_help_option(ctx))


def _keep_words_whole() -> None:
    from flows.terminal.guarded import keep_words_whole  # costs the import of rich

    keep_words_whole()


def _usage(usage: str) -> str:
    return usage.replace("Usage:", _("Usage:"), 1)


def _help_option(option: "TyperOption | None") -> "TyperOption | None":
    if option is not None:
        option.help, option.metavar = _("Show this message and exit."), FLAG
    return option


def settle_completion(command: TyperGroup) -> None:
    """The option of completion is told in the language spoken; nobody's files are changed by typer's other one."""
    command.params = [each for each in command.params if each.name != "install_completion"]
    for option in command.params:
        if option.name == "show_completion":
            option.metavar = FLAG
            option.help = _(  # type: ignore[attr-defined]
                "What makes the Tab key complete names in this shell: add it to ~/.bashrc, ~/.zshrc or the like."
            )
