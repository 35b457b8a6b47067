"""Completing: what a shell offers at the Tab key: names of what is built in, and of what the store holds.

`tocsin --show-completion` writes what a shell is to be told; the shell then asks the command, by the variable below.
"""

VARIABLE = "_TOCSIN_COMPLETE"


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

    found = campaigns()  # without any, there is no comparison either
    return found and [*found, *(each.comparison for each in results.open(own_store()).comparisons())]
