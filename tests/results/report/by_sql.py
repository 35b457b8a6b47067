"""What a campaign says, worked out from its Parquet files by DuckDB alone."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

SIGNS = ("ed_shut_h", "planned_stopped_h", "switched_off_h", "impact_h", "service_lost_h")
"""Moments at which care gives way; the first two are decided, and go before the others."""


@dataclass(frozen=True, slots=True)
class BySql:
    """A campaign beside its twin."""

    path: Path
    campaign: str
    twin: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query over `asked`, `calm`, `sites`, `people`, `people_calm` and `crises` finds."""
        tables = {
            "asked": ("replications", self.campaign),
            "calm": ("replications", self.twin),
            "sites": ("establishments", self.campaign),
            "people": ("departments", self.campaign),
            "events": ("timeline", self.campaign),
            "events_calm": ("timeline", self.twin),
            "bands": ("hours_bands", self.campaign),
            "bands_calm": ("hours_bands", self.twin),
        }
        views = ", ".join(
            f"{name} as (from '{self.path}/{table}/campaign={campaign}/*.parquet')"
            for name, (table, campaign) in tables.items()
        )
        crises = "crises as (select replication from asked where went_off_h is not null)"
        return duckdb.execute(f"with {views}, {crises} {query}").fetchall()

    def added(self, indicator: str) -> tuple[float, float, float, float]:
        """Without the attack in the median crisis; what it adds there, in one of ten, and in the worst."""
        apart = f"asked.{indicator} - calm.{indicator}"
        (found,) = self.rows(f"""
            select median(calm.{indicator}), median({apart}), quantile_cont({apart}, 0.9), max({apart})
            from asked join calm using (replication) semi join crises using (replication)
        """)
        return found

    def reach(self, column: str) -> tuple[float, float]:
        """To how many it came in the median crisis, and in one of ten."""
        (found,) = self.rows(f"""
            select median({column}), quantile_cont({column}, 0.9) from asked semi join crises using (replication)
        """)
        return found

    def kept(self, broken: str) -> tuple[int, int, int]:
        """Crises in which a condition is not so, all crises, and replications in which it is not."""
        (found,) = self.rows(f"""
            select count(*) filter (went_off_h is not null and not broken), count(went_off_h),
                count(*) filter (not broken)
            from (select asked.went_off_h, ({broken}) as broken from asked join calm using (replication))
        """)
        return found

    def waited(self, concerned: str, over: str, hours: str, among: str = "asked") -> tuple[int, float | None]:
        """In how many there was something to wait for, and by when half was over (Kaplan and Meier 1958)."""
        waits = f"""
            waits as (select {hours} as hours, coalesce({over}, false) as is_over from {among} where {concerned}),
            times as (
                select hours, count(*) filter (is_over) as ended,
                    (select count(*) from waits as longer where longer.hours >= waits.hours) as left_over
                from waits group by hours
            ),
            curve as (select hours, product(1 - ended / left_over) over (order by hours) as waiting from times)
        """
        ((count, half),) = self.rows(f""", {waits}
            select (select count(*) from waits), (select min(hours) from curve where waiting <= 0.5 + 1e-9)
        """)
        return count, half

    def first_sign(self, broken: str) -> tuple[str, str, float, float]:
        """Where care gave way first most often and how, in which share of the crises, and around which hour."""
        moments = " union all ".join(
            f"select replication, finess, '{sign}' as sign, {number} as turn, {sign} as at_h from sites"
            for number, sign in enumerate(SIGNS)
        )
        (found,) = self.rows(f""",
            broken as (
                select replication from asked join calm using (replication)
                where asked.went_off_h is not null and ({broken})
            ),
            moments as ({moments}),
            firsts as (
                select replication, finess, sign, turn, at_h from moments semi join broken using (replication)
                where at_h is not null
                qualify row_number() over (
                    partition by replication order by turn > 1, at_h, finess, turn
                ) = 1
            )
            select finess, sign, count(*) / sum(count(*)) over (), median(at_h)
            from firsts group by finess, sign order by count(*) desc, finess, sign limit 1
        """)
        return found

    def latest_department(self) -> tuple[str, float]:
        """Whose time-critical patients lose most minutes each, and how many."""
        (found,) = self.rows("""
            select department, sum(time_critical_delay_min) / sum(time_critical_taken) as minutes
            from people group by department order by minutes desc limit 1
        """)
        return found

    def farthest_department(self) -> tuple[str, float]:
        """Where care most often begins over 30 min after a time-critical patient leaves home, and how often."""
        (found,) = self.rows("""
            select department, sum(time_critical_beyond_30) / sum(time_critical_taken) as share
            from people group by department order by share desc limit 1
        """)
        return found

    def tolls(self, events: str, kind: str) -> list[tuple[int, str, float]]:
        """Patients by replication and stream of a kind of event, those of the crises."""
        return self.rows(f"""
            select replication, string_split(detail, ' ')[-1] as stream, sum(patients)
            from {events} semi join crises using (replication)
            where kind = '{kind}' and patients is not null group by all
        """)

    def followed(self, replication: int) -> list[tuple[str, str, int]]:
        """Patients by kind of event and stream whose chain begins with what began the attack."""
        return duckdb.execute(f"""
            with recursive events as (
                from '{self.path}/timeline/campaign={self.campaign}/*.parquet' where replication = {replication}
            ),
            after as (
                select event, kind, detail, patients from events where kind = 'attack_begins'
                union all
                select events.event, events.kind, events.detail, events.patients
                from events join after on events.cause = after.event
            )
            select kind, string_split(detail, ' ')[-1] as stream, sum(patients) from after
            where patients is not null group by all
        """).fetchall()
