"""Calibration: what incidents tell of the parameters, by all of them and without each in turn; as a program.

    python -m flows.cli.calibration

replays every incident with parameters drawn from the priors (`backtest/calibration/priors.yaml`), and writes what was
learnt to `backtest/calibration/beliefs.yaml`. It prints, for each parameter, its prior and what all incidents make of
it: the value and the range that its own file should give. No figure of an incident moves the forecast of that incident.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import yaml

import backtest
from backtest.calibration.bayes_linear import Evidence, evidence_of, updated
from backtest.calibration.beliefs import FILE, Belief
from backtest.calibration.drawing import scores_of
from backtest.calibration.priors import load_priors
from backtest.figure import Figure
from backtest.library import Incident
from backtest.scoring.scale import on_scale
from flows.execution.replays import Stories, count_of, replay_all
from flows.terminal.progress import steps
from results.presentation.language import of
from simulation.engine.random_streams import Luck

REPLICATIONS = 80
SEED = 1
OFTEN = 0.8
"""Share of the replays that must give a figure for it to tell anything."""
HEADING = "# Written by `python -m flows.cli.calibration`; not by hand.\n"


def main() -> None:
    """Replays all incidents and writes what they tell."""
    incidents = [
        telling
        for name in backtest.incident_names()
        if (telling := only_what_tells(replace(backtest.load(name, SEED), beliefs={})))
    ]
    told: dict[str, list[Evidence]] = {incident.account.name: [] for incident in incidents}
    with steps(count_of(incidents, REPLICATIONS)) as advance:
        replays = replay_all(incidents, REPLICATIONS, None, lambda one: advance(of(one.account.title)))
        for incident, figures, stories in replays:
            evidence = heard(incident, figures, stories)
            if evidence:
                told[incident.account.name].append(evidence)
    everyone = beliefs_from([one for each in told.values() for one in each])
    without = {
        name: beliefs_from([one for other, each in told.items() if other != name for one in each])
        for name in told
    }
    written = {"all": _plain(everyone), "without": {name: _plain(each) for name, each in without.items()}}
    FILE.write_text(HEADING + yaml.safe_dump(written, sort_keys=True), "utf-8")
    _print(everyone)


def only_what_tells(incident: Incident) -> Incident | None:
    """The incident with those of its figures that may tell of a parameter; `None` where none may."""
    figures = tuple(one for one in incident.account.figures if set(one.used_for) & set(load_priors()))
    if not figures:
        return None
    return replace(incident, account=incident.account.model_copy(update={"figures": figures}))


def heard(incident: Incident, figures: Sequence[Figure], stories: Stories) -> Evidence | None:
    """What a version of an incident tells; `None` where its figures are too rarely reached."""
    priors = list(load_priors())
    told = {
        figure.name: sum(each[figure.name] is not None for each in stories.values()) for figure in figures
    }
    telling = [figure for figure in figures if told[figure.name] >= OFTEN * len(stories)]
    whole = {
        number: [on_scale(figure, value) for figure in telling if (value := each[figure.name]) is not None]
        for number, each in stories.items()
    }
    numbers = [number for number, values in whole.items() if len(values) == len(telling)]
    if not telling or not numbers:
        return None
    parameters = incident.eve.parameters
    return evidence_of(
        np.array([scores_of(parameters, Luck(SEED, number)) for number in numbers]),
        np.array([whole[number] for number in numbers]),
        np.array([on_scale(figure, figure.observed) for figure in telling]),
        np.array([[name in figure.used_for for figure in telling] for name in priors]),
    )


def beliefs_from(evidence: Sequence[Evidence]) -> dict[str, Belief]:
    """What this evidence makes of the priors."""
    means, sds = updated(len(load_priors()), evidence)
    return {
        name: Belief(mean=round(float(mean), 3), sd=round(float(sd), 3))
        for name, mean, sd in zip(load_priors(), means, sds, strict=True)
    }


def _plain(beliefs: dict[str, Belief]) -> dict[str, dict[str, float]]:
    return {name: belief.model_dump() for name, belief in beliefs.items()}


def _print(beliefs: dict[str, Belief]) -> None:
    for name, prior in load_priors().items():
        low, middle, high = (beliefs[name].value(prior, chance) for chance in (0.05, 0.5, 0.95))
        print(f"{name}: {prior.low:g} {prior.value:g} {prior.high:g} -> {low:.3g} {middle:.3g} {high:.3g}")


if __name__ == "__main__":
    main()
