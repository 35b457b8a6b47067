"""Derived tables: what is worked out from a campaign's rows and inputs once, at sealing, so that no reader has to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from simulation.outcome.columns import Column, Long
from simulation.outcome.records import ReplicationOutcome


@dataclass(frozen=True, kw_only=True)
class FirstSignColumns:
    """Where and when care gave way first in a replication; null where nothing of the kind happened."""

    first_sign: Annotated[
        str | None,
        Column(
            "how it gave way: the column of the establishments table; what was decided before what was lost"
        ),
    ]
    first_sign_finess: Annotated[str | None, Column("where: FINESS number of the site")]
    first_sign_h: Annotated[float | None, Column("when", "h")]


@dataclass(frozen=True, kw_only=True)
class IndicatorRow(FirstSignColumns, ReplicationOutcome):
    """What a replication cost the region, and where care gave way first; one row of the indicators table.

    All replications of a campaign in one file: who asks for a number of each need not open a file for every fifty. It
    has the columns of `replications`, and these.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRow:
    """What some replications took an uncertain parameter to be; one row of the draws table.

    The table of parameters without what repeats: a draw that several replications share has one row, that of the first
    of them; of parameters that hang on one unknown, such as a cost of an outage in several streams, only the first.
    """

    replication: Annotated[int, Column("number of the first replication that takes it so")]
    parameter: Annotated[str, Column("name of the parameter, as in docs/parameters.md")]
    value: Annotated[float, Column("what it took it to be", "unit of the parameter")]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourBand:
    """One measure of the hours table over replications; one row of the hours_bands table.

    For each hour, territory and stream, and for the region as a whole (`ght` is null), of which counts are the sums of
    its territories. Worked out from the first 200 replications: of more, curves would hardly move.
    """

    measure: Annotated[str, Column("column of the hours table")]
    ght: Annotated[str | None, Column("as in the hours table; null for the whole region")]
    stream: Annotated[str, Column("as in the hours table")]
    hour: Annotated[int, Column("as in the hours table", "h")]
    day: Annotated[date, Column("as in the hours table")]
    stands_for_h: Annotated[int, Column("as in the hours table", "h")]
    mean: Annotated[float, Column("mean over the replications", "unit of the measure")]
    p05: Annotated[float, Column("one in twenty is at most this", "unit of the measure")]
    p50: Annotated[float, Column("median", "unit of the measure")]
    p95: Annotated[float, Column("one in twenty is at least this", "unit of the measure")]
    replications: Annotated[int, Column("number of replications from which it was worked out")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishmentRow:
    """What an establishment is; one row of the dim_establishments table, to join on `campaign` and `finess`."""

    finess: Annotated[str, Column("FINESS number of the site")]
    name: Annotated[str, Column("its name")]
    commune: Annotated[str, Column("name of the commune in which it lies")]
    department: Annotated[str, Column("its department")]
    ght: Annotated[str, Column("territory under which the tables count it")]
    category: Annotated[str, Column("category of the establishment")]
    public: Annotated[bool, Column("it is public")]
    latitude: Annotated[float, Column("where it lies, WGS 84", "degrees")]
    longitude: Annotated[float, Column("where it lies, WGS 84", "degrees")]
    adult_emergency: Annotated[bool, Column("it has an emergency department for adults")]
    paediatric_emergency: Annotated[bool, Column("it has one for children")]
    ed_visits_per_year: Annotated[int | None, Column("emergency visits declared", "patients")]
    beds: Annotated[int, Column("all its beds, declared or usual for its category", "beds")]
    beds_mco: Annotated[int | None, Column("beds of medicine, surgery and obstetrics", "beds")]
    beds_icu: Annotated[int | None, Column("beds of resuscitation", "beds")]
    beds_intensive: Annotated[int | None, Column("beds of intensive care", "beds")]
    beds_uhcd: Annotated[
        int | None, Column("beds of the short-stay unit of its emergency department", "beds")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """What was run; the one row of a campaign's dim_campaigns table, to join on `campaign`."""

    ordinary: Annotated[
        str, Column("the campaign of the same days without the attack; itself where nobody attacks")
    ]
    region: Annotated[str, Column("name of the region")]
    scenario: Annotated[str, Column("name of the scenario")]
    event: Annotated[str | None, Column("the event whose crowd was there")]
    posture: Annotated[str, Column("name of the posture")]
    parameters: Annotated[str, Column("drawn in each replication, or central")]
    seed: Annotated[Long, Column("the number from which all chance comes")]
    replications: Annotated[int, Column("how many are sealed")]
    start: Annotated[datetime, Column("the instant of hour 0")]
    horizon_h: Annotated[int, Column("hours that each replication follows", "h")]
    model: Annotated[str, Column("version of the model")]
    region_digest: Annotated[str, Column("SHA-256 of the region")]
    scenario_digest: Annotated[str, Column("SHA-256 of the scenario")]
    posture_digest: Annotated[str, Column("SHA-256 of the posture")]
    parameters_digest: Annotated[str, Column("SHA-256 of the parameters")]
