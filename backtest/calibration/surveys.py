"""Surveys: how long their victims took, as evidence beside that of incidents.

Incidents are the cases that became known, large ones; surveys ask victims of every size. What they say in the mean is
compared with victims such as theirs, by the model's own work of recovery. No incident is in them, so that none has to
be left out. How far cases differ (`case_log_sd`) is theirs alone, in its own file.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import log1p

import numpy as np
from numpy.typing import NDArray

import simulation
from backtest.calibration.bayes_linear import Evidence, evidence_of
from backtest.calibration.beliefs import Beliefs
from backtest.calibration.drawing import deviates_of, drawn
from backtest.calibration.priors import load_priors
from backtest.library import Incident
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.recovery_events import Stage
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign
from simulation.response.stages import stages_of
from simulation.response.work import Work

NAME = "surveys"
"""How they are called among those who tell."""
FEWEST_STAFF, MOST_STAFF = 100, 5_000
"""Of the surveys' victims (Sophos)."""
STAFF_A_BED = 3.6
"""CHSF 2022: 3,600 for 1,000 beds."""
BACKUPS_LOST, HAVE_KEY = 0.63, 0.45
"""Sophos 2024: attempted in 95 %, succeeded in 66 % of those; who pays gets one, 36 to 61 % (2022 to 2025)."""
A_WEEK, A_MONTH = 7, 30
YEARS_H = 10 * 365 * 24.0
LASTING = (Stage.VITAL_APPLICATIONS, Stage.CARE_APPLICATIONS, Stage.OTHER_APPLICATIONS)
OBSERVED = (0.45, 0.325, log1p(22.0))
"""Recovered within a week (Sophos, 54, 47, 22, 58 %), after more than a month (28, 37 %), mean days (17, 27, 24)."""
BETWEEN_SURVEYS = (0.16, 0.064, 0.23)
"""By how much editions and surveys differ: the standard deviations of these numbers."""
TOLD_OF = (
    "contain_days",
    "investigate_days",
    "directory_days",
    "core_servers_days",
    "vital_applications_days",
    "care_applications_days",
    "work_size_exponent",
    "lost_backups_multiply",
    "key_leaves",
)
Days = Mapping[Stage, NDArray[np.float64]]


def days_of_victims(prepared: PreparedCampaign, victims: int) -> Days:
    """Days until stages are done, with no wait for teams, of victims such as those of the surveys."""
    p, stages = prepared.campaign.parameters, stages_of(prepared.campaign.parameters)
    draw = np.random.default_rng(1)
    staff = np.exp(draw.uniform(np.log(FEWEST_STAFF), np.log(MOST_STAFF), victims))
    share, concentration = p.attack.machines_hit.value, p.attack.machines_hit_concentration.value
    machines = draw.beta(share * concentration, (1 - share) * concentration, victims)
    lost, key = draw.random(victims) < BACKUPS_LOST, draw.random(victims) < HAVE_KEY
    days: dict[Stage, list[float]] = {stage: [] for stage in LASTING}
    hit = Node(0)
    for number in range(victims):
        beds = tuple(staff[number] / STAFF_A_BED for _ in prepared.nodes.names)
        situation = Situation.at_start(prepared.nodes, Luck(1, number), YEARS_H)
        state = situation.states[hit]
        state.directory_held_h = 0.0
        state.machines_hit, state.backups_destroyed = machines[number], bool(lost[number])
        state.key_h = 0.0 if key[number] else None
        work = Work(situation, replace(prepared.response, beds=beds), p)
        shift = 24 / p.responders.visiting_shift_h.value
        spent = work.hours(hit, stages.contain) / 24
        spent += sum(work.hours(hit, one) / 24 * shift for one in stages.clean_start)
        for one in stages.servers:
            spent += work.hours(hit, one) / 24
            if one.stage in days:
                days[one.stage].append(spent)
    return {stage: np.array(each) for stage, each in days.items()}


def told_by_surveys(incident: Incident, beliefs: Beliefs, draws: int, victims: int) -> Evidence:
    """What surveys tell of the work of recovery; the incident gives a region in which the work is reckoned.

    The line from parameters to shares is drawn where incidents have led, since over the whole priors it bends.
    """
    seed = incident.eve.seed
    lucks = [Luck(seed, number) for number in range(draws)]
    values = []
    for luck in lucks:
        parameters = drawn(incident.eve.parameters, (), beliefs, luck)
        prepared = simulation.prepare(replace(incident.eve, parameters=parameters))
        values.append(_asked(days_of_victims(prepared, victims)))
    told = np.array([[name in TOLD_OF] * len(OBSERVED) for name in load_priors()])
    scores = np.array([list(beliefs.scores(np.array(deviates_of(luck))).values()) for luck in lucks])
    return evidence_of(scores, np.array(values), np.array(OBSERVED), told, np.array(BETWEEN_SURVEYS))


def _asked(days: Days) -> tuple[float, float, float]:
    """What surveys ask, on the scale on which figures are judged."""
    recovered = days[Stage.CARE_APPLICATIONS]
    within_a_week, beyond_a_month = np.mean(recovered <= A_WEEK), np.mean(recovered > A_MONTH)
    return float(within_a_week), float(beyond_a_month), log1p(float(np.mean(days[Stage.VITAL_APPLICATIONS])))
