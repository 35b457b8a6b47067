"""The verb `topology unknowns`: which declarations would most change what a campaign says of a region."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer

import simulation
from flows.cli.commands.options import NUMBER, Json, Lang, Seed, Workers
from flows.cli.commands.topology.options import Here
from flows.terminal import console
from results.presentation.language import _, later, named, of
from results.presentation.numbers import number, share
from topologies.building.catalogue import draft_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.execution.unknowns import Answer
    from topologies.building.records import Draft

WHAT: Final[Mapping[str, str]] = {
    "host": later("host"),
    "vendor": later("vendor of patient records"),
    "protection": later("vendor of workstation protection"),
    "laboratory": later("external laboratory"),
    "private-group": later("directories trusted"),
    "beds": later("beds"),
}
"""What is to be declared, by rule."""
COLUMN: Final[Mapping[str, str]] = {
    "host": "hosts",
    "vendor": "record_vendors",
    "protection": "protection_vendors",
    "laboratory": "laboratories",
    "private-group": "directories",
    "beds": "beds_mco, beds_other",
}
"""The question of the form that `topology template` writes, by rule."""
MOST_SHOWN = 20
SCENARIO, POSTURE = "ransomware-ght-support", "baseline"

Scenario = Annotated[str, typer.Argument(metavar=_("SCENARIO"), help=_("The question put to the region."))]
Posture = Annotated[
    str, typer.Option("--posture", metavar=_("NAME|FILE"), help=_("How prepared the region is."))
]
Drawings = Annotated[
    int,
    typer.Option(
        "--drawings", min=1, metavar=NUMBER, help=_("How often the whole region is drawn; first as it is.")
    ),
]
Replications = Annotated[
    int, typer.Option("-n", "--replications", min=2, metavar=NUMBER, help=_("Replications of each trial."))
]
Candidates = Annotated[
    int,
    typer.Option(
        "--candidates",
        min=1,
        metavar=NUMBER,
        help=_("How many unknowns are tried, those with most patients at stake."),
    ),
]


def unknowns(
    region: Here,
    scenario: Scenario = SCENARIO,
    *,
    posture: Posture = POSTURE,
    drawings: Drawings = 4,
    replications: Replications = 20,
    candidates: Candidates = 60,
    seed: Seed = 1,
    workers: Workers = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Each unknown is tried, and those that would change most are shown."""
    from flows.execution.unknowns import Question, answers_to
    from flows.terminal.progress import steps

    question = Question(
        draft=draft_of(region),
        scenario=simulation.load_scenario(scenario),
        posture=simulation.load_posture(posture),
        seed=seed,
        replications=replications,
        drawings=drawings,
        candidates=candidates,
    )
    with ExitStack() as stack:

        def start(total: int) -> "Callable[[str], None]":
            return stack.enter_context(steps(total))

        answers = answers_to(question, workers, start)
    if json:
        asked = {"scenario": scenario, "posture": posture, "drawings": drawings, "replications": replications}
        console.print_json(
            {"region": question.draft.header.name, **asked, "seed": seed, "tried": len(answers)}
            | {"unknowns": [_facts_of(each, question.draft) for each in answers]}
        )
    else:
        _show(answers, question.draft, of(question.scenario.title))


def _show(answers: "list[Answer]", draft: "Draft", scenario: str) -> None:
    from flows.terminal.sheet import Sheet

    say = console.facts().print
    title = _("{region}, {scenario}: what to have declared first")
    say(title.format(region=named(draft.header.title), scenario=scenario), style="bold")
    say()
    table = Sheet()
    table.add_column("", justify="right")
    for heading in (_("Of whom"), _("What"), _("Column of the form")):
        table.add_column(heading)
    for heading in (_("Patients"), _("Verdict")):
        table.add_column(heading, justify="right")
    moving = [each for each in answers if each.change.interval[1] > 0.0]
    for rank, each in enumerate(moving[:MOST_SHOWN], start=1):
        low, high = each.change.interval
        patients = f"{number(each.change.patients)} ({number(low)}–{number(high)})"
        whom, what = _entity(each, draft), _(WHAT[each.unknown.rule])
        verdict = f"± {share(each.change.held_share)}"
        table.add_row(number(rank), whom, what, COLUMN[each.unknown.rule], patients, verdict)
    say(table)
    say()
    say(
        _(
            "{tried} {tried:unknown was|unknowns were} tried, of which {none} {none:moves|move} nothing. Patients: how "
            "many more or fewer are taken into care if it is otherwise than assumed, weighted by how likely that is, "
            "with the 95 % interval; one that begins at 0 is not told from chance. Verdict: by how much the share of "
            "replications in which care holds then moves."
        ).format(tried=number(len(answers)), none=number(len(answers) - len(moving)))
    )


def _entity(answer: "Answer", draft: "Draft") -> str:
    """The establishment, or the GHT or group by what its members call it."""
    rows = {row.finess: row for _, row in draft.establishments}
    first = rows[answer.unknown.members[0]]
    if answer.unknown.entity in rows:
        return f"{named(first.name)} ({first.finess})"
    if first.ght:
        return named(first.ght)
    return _("private group {name}").format(name=answer.unknown.entity.removeprefix("private-").upper())


def _facts_of(answer: "Answer", draft: "Draft") -> dict[str, object]:
    return {
        "entity": _entity(answer, draft),
        "declare": _(WHAT[answer.unknown.rule]),
        "column": COLUMN[answer.unknown.rule],
        **asdict(answer.unknown),
        **asdict(answer.change),
    }
