"""What held by the SQL of the views is what our own verdicts count, for the thresholds of each built-in scenario."""

import duckdb
import numpy as np

from results.analysis.compared.rows import Rows
from results.analysis.compared.verdicts import Crises, judged, of_care, of_systems
from results.analysis.witnesses import Witnesses
from results.sql.statements import statements
from results.sql.thresholds import Limits, care_held, systems_held, view_of_thresholds
from simulation import load_scenario, scenario_names
from tests.results.analysis.test_by_sql import replications


def test_what_held_is_what_our_own_verdicts_count_for_each_scenario() -> None:
    asked, ordinary = replications()
    scenarios = {name: load_scenario(name) for name in scenario_names()}
    limits = [Limits.of(name, scenario.model_dump()) for name, scenario in scenarios.items()]
    database = duckdb.connect()
    database.register("asked", asked)
    database.register("ordinary", ordinary)
    database.execute("\n".join(statements(view_of_thresholds(limits))))
    for name, scenario in scenarios.items():
        (found,) = database.execute(
            f"select count(*) filter ({care_held('asked', 'ordinary', 'limits')}),"
            f" count(*) filter ({systems_held('asked', 'run', 'limits')})"
            " from asked join ordinary using (replication)"
            f" cross join (select {scenario.horizon_h} as horizon_h) as run"
            " join thresholds as limits on limits.campaign = ?",
            [name],
        ).fetchall()
        rows, twin = Rows(asked), Rows(ordinary)
        crises = Crises(
            asked=rows,
            ordinary=twin,
            witnesses=Witnesses.of(len(rows), 1, 1),
            horizon_h=float(scenario.horizon_h),
            went_off=~np.isnan(rows.of("went_off_h")),
        )
        thresholds = [each.model_dump() for each in scenario.thresholds]
        told = [judged(crises, of_kind(thresholds), 0.9) for of_kind in (of_care, of_systems)]
        assert found == tuple(each.over_all.count if each else 0 for each in told), name


def test_of_two_thresholds_on_one_indicator_the_lower_holds() -> None:
    twice = [{"indicator": "ed_unmet_share", "at_most": each} for each in (0.02, 0.01, 0.03)]
    limits = Limits.of("c0", {"thresholds": twice, "held_share_target": 0.9})
    assert limits.at_most == {"ed_unmet_share": 0.01}
