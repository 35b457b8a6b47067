"""Completing: what a shell offers at the Tab key: names of what is built in, and of what the store holds.

`tocsin --show-completion` writes what a shell is to be told; the shell then asks the command, by the variable below.
"""

from typing import TYPE_CHECKING

from typer.core import TyperOption

from results.presentation.language import _

if TYPE_CHECKING:
    from typer.core import TyperGroup

VARIABLE = "_TOCSIN_COMPLETE"
FLAG = " "
"""In place of typer's word for a boolean, which reads as if a flag took a value."""


def regions() -> list[str]:
    """The health regions."""
    import topologies

    return topologies.names()


def scenarios() -> list[str]:
    """The attacks."""
    import simulation

    return simulation.scenario_names()


def postures() -> list[str]:
    """The postures."""
    import simulation

    return simulation.posture_names()


def events() -> list[str]:
    """The events, and the word for none."""
    import simulation
    from flows.execution.plan import NO_EVENT

    return [*simulation.event_names(), NO_EVENT]


def campaigns() -> list[str]:
    """The campaigns of the store, where the command is called; nothing where there is none."""
    import results
    from flows.cli.commands.options import own_store
    from topologies.errors import TocsinError

    try:
        return [each.campaign for each in results.open(own_store()).campaigns()]
    except TocsinError:
        return []


def campaigns_and_comparisons() -> list[str]:
    """The same, and the comparisons."""
    import results
    from flows.cli.commands.options import own_store
    from topologies.errors import TocsinError

    try:
        return [*campaigns(), *(each.comparison for each in results.open(own_store()).comparisons())]
    except TocsinError:
        return []


def settle(command: "TyperGroup") -> None:
    """The option is told in the language spoken; nobody's files are changed by typer's other one."""
    command.params = [each for each in command.params if each.name != "install_completion"]
    for option in command.params:
        if isinstance(option, TyperOption) and option.name == "show_completion":
            option.metavar = FLAG
            option.help = _(
                "What makes the Tab key complete names in this shell: add it to ~/.bashrc, ~/.zshrc or the like."
            )
