"""Calibration: what each incident tells of the parameters; as a program.

    python -m flows.cli.calibration [INCIDENT ...]

replays every incident, or those that are named (`surveys` among them), with parameters drawn from the priors
(`backtest/calibration/priors.yaml`), writes what each tells to `backtest/calibration/evidence.yaml`, and what all tell
together into the parameters that everyone uses (`simulation/inputs/parameters`). It prints, of each parameter, its
prior and what all make of it. No figure of an incident moves the forecast of that incident.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import yaml

import backtest
from backtest.calibration import surveys
from backtest.calibration.bayes_linear import Evidence, evidence_of
from backtest.calibration.beliefs import FILE, Beliefs, Learnt, Told, load_learnt
from backtest.calibration.drawing import deviates_of
from backtest.calibration.everyone import write_everyone
from backtest.calibration.known import evidence_of_known
from backtest.calibration.priors import load_priors
from backtest.figure import Figure
from backtest.library import Incident
from backtest.scoring.scale import on_scale
from flows.execution.replays import Stories, count_of, replay_all
from flows.terminal.progress import steps
from results.presentation.language import of
from simulation.engine.random_streams import Luck

REPLICATIONS = 60
SEED = 1
VICTIMS = 300
"""Of surveys, in each draw of the parameters."""
REGION_OF_SURVEYS = "cannes-2024"
"""In which their work is reckoned: who is there does not matter."""
OFTEN = 0.3
"""Share of the replays that must give a figure for it to tell anything; the others are then not heard."""
HEADING = "# Written by `python -m flows.cli.calibration`; not by hand.\n"


def main() -> None:
    """Replays incidents and writes what they tell; what the others told stands."""
    names = sys.argv[1:] or [*backtest.incident_names(), surveys.NAME]
    again = told_by([name for name in names if name != surveys.NAME])
    told = {name: one for name, one in (load_learnt().told | again).items() if one and name != surveys.NAME}
    told[surveys.NAME] = heard_of_surveys(Learnt(told=told).by_all)
    learnt = Learnt(told=dict(sorted(told.items())))
    text = yaml.safe_dump(learnt.model_dump(), sort_keys=False, default_flow_style=None, width=110)
    FILE.write_text(HEADING + text, "utf-8")
    load_learnt.cache_clear()
    write_everyone()
    _print(learnt.by_all)


def told_by(names: Sequence[str]) -> dict[str, Told | None]:
    """What these incidents tell, by what is known of each and by replays on the eve and on the day."""
    loaded = [replace(backtest.load(name, SEED), beliefs=Beliefs.by(())) for name in names]
    told = {one.account.name: [evidence_of_known(one.account.known)] for one in loaded}
    incidents = [telling for one in loaded if (telling := only_what_tells(one))]
    with steps(count_of(incidents, REPLICATIONS)) as advance:
        replays = replay_all(incidents, REPLICATIONS, None, lambda one: advance(of(one.account.title)))
        for incident, figures, stories in replays:
            told[incident.account.name].append(heard(incident, figures, stories))
    return {name: _together([one for one in each if one]) for name, each in told.items()}


def heard_of_surveys(beliefs: Beliefs) -> Told:
    """What surveys tell, where incidents have led."""
    region = backtest.load(REGION_OF_SURVEYS, SEED)
    return Told.of(surveys.told_by_surveys(region, beliefs, REPLICATIONS, VICTIMS))


def _together(told: Sequence[Evidence]) -> Told | None:
    """What an incident tells in all; `None` where it tells nothing."""
    if not told:
        return None
    precision = np.sum([one.precision for one in told], axis=0)
    return Told.of(Evidence(precision, np.sum([one.pull for one in told], axis=0)))


def only_what_tells(incident: Incident) -> Incident | None:
    """The incident with those of its figures that may tell of a parameter; `None` where none may."""
    figures = tuple(one for one in incident.account.figures if set(one.used_for) & set(load_priors()))
    if not figures:
        return None
    return replace(incident, account=incident.account.model_copy(update={"figures": figures}))


def heard(incident: Incident, figures: Sequence[Figure], stories: Stories) -> Evidence | None:
    """What a version of an incident tells; `None` where its figures are too rarely reached."""
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
    values = np.array([whole[number] for number in numbers])
    observed = np.array([on_scale(figure, figure.observed) for figure in telling])
    deviates = np.array([deviates_of(Luck(SEED, number)) for number in numbers])
    may_tell = np.array([[name in figure.used_for for figure in telling] for name in load_priors()])
    return evidence_of(deviates, values, observed, may_tell)


def _print(beliefs: Beliefs) -> None:
    for name, prior in load_priors().items():
        low, middle, high = (beliefs.value(name, chance) for chance in (0.05, 0.5, 0.95))
        print(f"{name}: {prior.low:g} {prior.value:g} {prior.high:g} -> {low:.3g} {middle:.3g} {high:.3g}")


if __name__ == "__main__":
    main()
