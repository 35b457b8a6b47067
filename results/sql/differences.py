"""Differences as views: what an attack adds to its ordinary twin, and what an alternative has beyond a reference."""

from collections.abc import Iterator, Sequence

from results.analysis.compared.added import OF_CARE
from results.sql.statements import View, ViewColumn, name, text
from results.sql.tables import described, of_run
from results.sql.thresholds import care_held, systems_held
from results.store.comparisons import ComparisonDescription, Varies
from results.tables.schema import SCHEMAS
from simulation.inputs.indicators.registry import INDICATORS

INDICATORS_TABLE = SCHEMAS["indicators"]
COMPARED = {
    "comparison": "name of the comparison",
    "varies": "what differs: posture, scenario or event",
    "reference": "the campaign with which others are compared",
    "reference_name": "its posture, scenario or event: of what differs",
    "alternative": "the campaign that is compared with it",
    "alternative_name": "its posture, scenario or event: of what differs",
}
"""Columns that say what is compared with what."""
WRITTEN = "; null where the scenario has none, or of a campaign sealed after these views were written"
HELD = ("care_held", "systems_held")


def views_of_differences(comparisons: Sequence[ComparisonDescription]) -> Iterator[View]:
    """What attacks add, what is compared, and how the compared differ."""
    yield _added()
    yield _compared(comparisons)
    yield _paired()


def _added() -> View:
    columns = {
        **of_run("run"),
        "replication": described(INDICATORS_TABLE.field("replication"), "asked"),
        "went_off_h": described(INDICATORS_TABLE.field("went_off_h"), "asked"),
        "care_held": ViewColumn(
            care_held("asked", "twin", "limits"), "what it adds stayed within every threshold" + WRITTEN
        ),
        "systems_held": ViewColumn(
            systems_held("asked", "run", "limits"), "every deadline that fell by the end was kept" + WRITTEN
        ),
        **_less("asked", "twin", "added: "),
    }
    return View(
        "added",
        "one row per replication of an attack: what it adds to the same replication of its ordinary twin; "
        "figures of Tocsin are over those in which something went off (went_off_h is not null)",
        columns,
        '"indicators" as asked\n'
        'join "dim_campaigns" as run on run."campaign" = asked."campaign" and run."attacks"\n'
        'join "indicators" as twin on twin."campaign" = run."ordinary"'
        ' and twin."replication" = asked."replication"\n'
        'left join "thresholds" as limits on limits."campaign" = asked."campaign"',
    )


def _less(one: str, other: str, meaning: str) -> dict[str, ViewColumn]:
    """Each indicator of care of the one, less that of the other."""
    return {
        each: ViewColumn(
            f"{one}.{name(each)} - {other}.{name(each)}",
            meaning + INDICATORS[each].counted,
            INDICATORS[each].unit,
        )
        for each in OF_CARE
    }


def _compared(comparisons: Sequence[ComparisonDescription]) -> View:
    """Written out: which campaigns are compared stands in no table."""
    rows = [
        f"({text(kept.comparison)}, {text(kept.varies)}, {text(kept.campaigns[0])}, {text(alternative)})"
        for kept in comparisons
        for alternative in kept.campaigns[1:]
    ]
    found = {"reference_name": _what_differs("one"), "alternative_name": _what_differs("other")}
    listed = ",\n    ".join(rows or ["(null, null, null, null)"])
    only = "" if rows else "\nwhere false"
    return View(
        "comparisons",
        "one row per comparison and alternative, as of when these views were written",
        {each: ViewColumn(found.get(each, f"kept.{each}::varchar"), COMPARED[each]) for each in COMPARED},
        f"(values\n    {listed}\n) as kept (comparison, varies, reference, alternative)\n"
        'left join "dim_campaigns" as one on one."campaign" = kept.reference\n'
        'left join "dim_campaigns" as other on other."campaign" = kept.alternative' + only,
    )


def _what_differs(side: str) -> str:
    cases = " ".join(f"when {text(each)} then {side}.{name(each)}" for each in Varies)
    return f"case kept.varies {cases} end"


def _paired() -> View:
    run = of_run("one")
    columns = {
        **{each: ViewColumn(f"kept.{name(each)}", meaning) for each, meaning in COMPARED.items()},
        **{each: run[each] for each in ("region", "seed")},
        "replication": described(INDICATORS_TABLE.field("replication"), "one"),
        "went_off": ViewColumn(
            'one."went_off_h" is not null or other."went_off_h" is not null',
            "something went off under one of the two at least",
        ),
        **{
            f"{side}_{each}": ViewColumn(f"{source}.{name(each)}", f"`{each}` of the {side}")
            for side, source in (("reference", "one"), ("alternative", "other"))
            for each in HELD
        },
        **_less("other", "one", "the alternative's less the reference's: "),
    }
    return View(
        "paired",
        "one row per comparison, alternative and replication: what the attack adds under the alternative, less "
        "what it adds under the reference; figures of Tocsin are over those with went_off",
        columns,
        '"comparisons" as kept\n'
        'join "added" as one on one."campaign" = kept."reference"\n'
        'join "added" as other on other."campaign" = kept."alternative"'
        ' and other."replication" = one."replication"',
    )
