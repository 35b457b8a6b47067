"""Which assumptions a crisis turns on, by two methods: given data, as `tocsin sensitivity` takes it, and Morris.

Both explain the same days out of work, by their place among those of all draws (days are told beside). Given data: all
assumptions are drawn at once; an index is the share of the spread that one explains alone. Morris (1991, Technometrics
33(2); SALib): one is moved by half of its law while all others stay, and ranked by the mean of what that changes.

First all assumptions are screened. Those that may be among the first five by either method are looked at more closely,
round by round, all others being drawn at random, until each method can say whether its fifth and its sixth are apart or
equal, or the rounds are over. Decision 0073 has the plan, fixed before it was run. It takes up to 45 CPU minutes, on
two processes; `--json` for a program.

    python -m benchmarks.sensitivity [--json]
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.assumptions.methods import by_given_data, by_morris, places_of
from benchmarks.assumptions.points import Points, Study, asked, days_lost_at
from benchmarks.assumptions.rankings import TOP, Fifth, Ranking, verdict_of

PROCESSES = 2
DRAWS = 1_024
"""Of the screening, and of each round."""
SCREENING, TRAJECTORIES = 8, 40
"""Trajectories of the screening, and of each round."""
FIRST_OF_EACH, CANDIDATES, ROUNDS = 8, 14, 14
SCREENED_OUT = 2.0
"""Standard errors below the fifth."""


@dataclass(frozen=True)
class Seen:
    """What was looked at of some assumptions, and what either method says of it."""

    names: tuple[str, ...]
    columns: tuple[int, ...]
    draws: Points
    trajectories: Points

    def given(self, *, in_days: bool = False) -> Ranking:
        """By given data."""
        return by_given_data(self.names, self.draws, self.columns, in_days=in_days)

    def moved(self, *, in_days: bool = False, signed: bool = False) -> Ranking:
        """By Morris."""
        lost = self.trajectories.lost
        number = lost if in_days else places_of(lost, self.draws.lost)
        return by_morris(self.names, self.trajectories, self.columns, number, signed=signed)

    def ways(self) -> int:
        """How many trajectories there are."""
        return len(self.trajectories.lost) // (len(self.columns) + 1)


def screened(study: Study) -> Seen:
    """All assumptions."""
    columns = tuple(range(len(study.names)))
    return Seen(study.names, columns, study.draws(0, DRAWS), study.trajectories(0, SCREENING, columns))


def candidates_of(given: Ranking, moved: Ranking) -> list[str]:
    """Those that may be among the first five by either method: the nearest first, by turns."""
    either = [
        ranking.first(max(FIRST_OF_EACH, len(ranking.may_be_first(SCREENED_OUT))))
        for ranking in (given, moved)
    ]
    by_turns = [name for place in range(len(given.names)) for names in either for name in names[place:][:1]]
    return list(dict.fromkeys(by_turns))[:CANDIDATES]


def looked_at_closely(study: Study, candidates: list[str]) -> Seen:
    """The candidates, until either method knows how its fifth stands to its sixth, or the rounds are over."""
    columns = tuple(map(study.names.index, candidates))
    draws, trajectories = study.draws(1, DRAWS), study.trajectories(1, TRAJECTORIES, columns)
    for number in range(2, ROUNDS + 2):
        seen = Seen(study.names, columns, draws, trajectories)
        given, moved = seen.given(), seen.moved()
        print(f"round {number - 1}", json.dumps(_facts(seen, given, moved)), file=sys.stderr, flush=True)
        if number > ROUNDS or Fifth.OPEN not in {given.fifth(), moved.fifth()}:
            break
        if given.fifth() is Fifth.OPEN:
            draws = draws.and_of(study.draws(number, DRAWS))
        if moved.fifth() is Fifth.OPEN:
            trajectories = trajectories.and_of(study.trajectories(number, TRAJECTORIES, columns))
    return seen


def _lost(pool: ProcessPoolExecutor, chances: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array(list(pool.map(days_lost_at, chances.tolist(), chunksize=16)))


def main() -> None:
    """Both lists are printed with their errors, and whether they agree."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        study = Study(asked().unknowns, lambda chances: _lost(pool, chances))
        print(f"{len(study.names)} assumptions are screened", file=sys.stderr, flush=True)
        first = screened(study)
        given, moved = first.given(), first.moved()
        screening = _facts(first, given, moved)
        print("screening", json.dumps(screening), file=sys.stderr, flush=True)
        seen = looked_at_closely(study, candidates_of(given, moved))
    facts = {"assumptions": len(study.names), "screening": screening}
    facts |= _facts(seen, seen.given(), seen.moved()) | _beside(seen)
    if "--json" in sys.argv[1:]:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        print(f"{name}:")
        for line in value.items() if isinstance(value, dict) else [value]:
            print("   ", *(line if isinstance(line, tuple) else [line]))


def _facts(seen: Seen, given: Ranking, moved: Ranking) -> dict[str, object]:
    """What either method puts first, and whether they agree."""
    return {
        "draws": len(seen.draws.lost),
        "trajectories": seen.ways(),
        "given data: share of the spread, in percent": _told(given),
        "Morris: mean change of the place, of 100": _told(moved),
        "in both": sorted({*given.first()} & {*moved.first()}),
        "fifth and sixth": {"given data": given.fifth(), "Morris": moved.fifth()},
        "verdict": verdict_of(given, moved),
    }


def _beside(seen: Seen) -> dict[str, object]:
    """What decides nothing: Morris with its sign, which is what an assumption does alone; and days as they are."""
    return {
        "Morris with its sign: place": _told(seen.moved(signed=True)),
        "given data: days": _told(seen.given(in_days=True)),
        "Morris: days": _told(seen.moved(in_days=True)),
        "Morris with its sign: days": _told(seen.moved(in_days=True, signed=True)),
    }


def _told(ranking: Ranking) -> dict[str, str]:
    """The first ten, each with its standard error; behind the fifth, by how many errors one is below it."""
    first = ranking.first(2 * TOP)
    fifth = first[TOP - 1]
    told = {}
    for name in first:
        place = ranking.names.index(name)
        below = (
            f", {ranking.beyond(fifth, name):.1f} errors below the fifth" if name not in first[:TOP] else ""
        )
        told[name] = f"{ranking.effects[place]:.3g} ± {ranking.errors[place]:.2g}{below}"
    return told


if __name__ == "__main__":
    main()
