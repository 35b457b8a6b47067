"""The columns that others rely on: those of the design, and those that bore another name before."""

from pathlib import Path

import pytest

from results.tables.schema import SCHEMAS, TableName

CHANGELOG = Path(__file__).parents[3] / "CHANGELOG.md"

RENAMED: dict[TableName, dict[str, str]] = {
    "replications": {
        "excess_deaths": "delay_deaths",
        "boarded_long": "ed_boarded_long",
        "icu_short_max": "icu_waiting_max",
        "establishments_dependent": "establishments_without_service",
    },
    "establishments": {"dependent_h": "service_lost_h", "machines_hit": "machines_hit_share"},
}

RELIED_ON: dict[TableName, str] = {
    "replications": """
        replication went_off_h waves_gone_off establishments_compromised establishments_impacted ghts_impacted
        first_detection_h regional_cell_h responder_wait_max_h restored_80_h bed_days_lost ed_visits
        ed_visits_diverted ed_visits_unmet time_critical_patients time_critical_delay_min surgeries_postponed
        icu_unmet_patient_h
    """,
    "establishments": """
        replication finess ght compromised compromised_h via_link via_finess detected_h isolated_h declared_h impact_h
        restored_h backups_destroyed data_stolen responder_wait_h bed_days_lost ed_visits_diverted
    """,
    "hours": """
        replication hour ght stream demand served diverted_out diverted_in unmet waiting capacity_share
    """,
    "timeline": "replication at_h at actor finess kind technique cause detail",
}


@pytest.mark.parametrize(
    ("table", "before", "now"),
    [(table, before, now) for table, names in RENAMED.items() for before, now in names.items()],
)
def test_a_column_that_was_renamed_bears_its_new_name_alone_and_the_changelog_says_so(
    table: TableName, before: str, now: str
) -> None:
    assert now in SCHEMAS[table].names
    assert before not in SCHEMAS[table].names
    told = " ".join(CHANGELOG.read_text("utf-8").split())
    assert f"`{before}` is `{now}`" in told


@pytest.mark.parametrize("table", RELIED_ON)
def test_the_columns_of_the_design_are_there_under_its_names(table: TableName) -> None:
    assert set(RELIED_ON[table].split()) <= set(SCHEMAS[table].names)
