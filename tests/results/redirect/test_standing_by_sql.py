"""What a booklet says of the crises of a campaign is what DuckDB counts in its Parquet files."""

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from results import Store
from results.presentation import language
from results.presentation.numbers import share
from results.presentation.tlp import Tlp
from results.redirect import booklet_of
from results.redirect.standing import LEAST_CRISES, STAYS_GOOD
from results.report.parts import Prose, Section, Table
from simulation import Campaign
from simulation.outcome.records import EstablishmentOutcome, Outcome
from tests.flows.commands import plain
from tests.regions import ALONE, FIRST, SECOND, THIRD
from tests.results import synthetic
from tests.results.report.test_extremes import emptied
from tests.results.synthetic import rows_of
from topologies.region import Region

CRISES = 40
DOWN = {
    FIRST: ("impact_h", range(25)),
    SECOND: ("switched_off_h", range(18, 40)),
    THIRD: ("ed_shut_h", range(2)),
    ALONE: ("impact_h", range(0, 40, 20)),
}
"""By which column each is down, and in which crises."""
TOGETHER = (FIRST, SECOND, THIRD)
"""The GHT."""
TOLD = re.compile(r"(.*?), .* \((.* %)\)")
"""A destination, and in how many crises it stands."""


@pytest.fixture(scope="module")
def campaign(small_region: Region) -> Campaign:
    return replace(synthetic.attack(), region=small_region)


@pytest.fixture(scope="module")
def store(campaign: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("standing") / "store"
    asked = [outcome(number) for number in range(CRISES)]
    return synthetic.sealed_beside(path, asked, synthetic.outcomes(range(CRISES)), campaign)


def outcome(number: int) -> Outcome:
    made = synthetic.outcome(number)
    sites = []
    for finess, site in zip(DOWN, made.establishments, strict=True):
        column, crises = DOWN[finess]
        hours = {column: float(number)} if number in crises else {}
        sites.append(replace(site, **(emptied(site) | {"finess": finess} | hours)))  # type: ignore[arg-type]
    return replace(made, establishments=rows_of(EstablishmentOutcome, sites))


def standing_without(store: Store, campaign: Campaign, lost: Collection[str]) -> tuple[int, dict[str, float]]:
    """Crises in which one of the lost is down, and in which share of those that count each site stands."""
    files = Path(store.path) / "establishments" / f"campaign={campaign.id}" / "*.parquet"
    down = " or ".join(f"{column} is not null" for column in ("impact_h", "switched_off_h", "ed_shut_h"))
    rows = f"rows as (select replication, finess, {down} as down from '{files}')"
    names = ", ".join(f"'{finess}'" for finess in lost)
    gone = f"select distinct replication from rows where finess in ({names}) and down"
    ((crises,),) = duckdb.execute(f"with {rows} select count(*) from ({gone})").fetchall()
    counted = gone if crises >= LEAST_CRISES else "select distinct replication from rows where down"
    stands = f"select finess, 1 - avg(down::int) from rows where replication in ({counted}) group by finess"
    return crises, dict(duckdb.execute(f"with {rows} {stands}").fetchall())


def _sentences(section: Section) -> list[str]:
    return [sentence for part in section.parts if isinstance(part, Prose) for sentence in part.sentences]


def test_in_how_many_crises_the_lost_are_down_and_each_destination_stands(
    store: Store, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    booklet = booklet_of(campaign.region, Tlp.AMBER, store.snapshot(campaign.id))
    named = {site.name: finess for finess, site in campaign.region.establishments.items()}
    told = dict.fromkeys(named.values(), 0)
    for section in booklet.sections[1:]:
        together = section.anchor.startswith("together")
        for table in (part for part in section.parts if isinstance(part, Table)):
            of_table = named[table.caption.split(",")[0]]
            down, stands = standing_without(store, campaign, TOGETHER if together else [of_table])
            said = plain(" ".join([table.caption, *_sentences(section)]))
            assert f"(down in {down} of {CRISES} crises)" in said
            for cell in (plain(cell) for row in table.rows for cell in row[2:5] if cell.endswith(")")):
                name, share_said = TOLD.findall(cell)[0]
                assert share_said == plain(share(stands[named[name]]))
                assert stands[named[name]] >= STAYS_GOOD, "else it has no room, and is not told"
                told[named[name]] += 1
    assert told[FIRST] == told[SECOND] == 0, "they are down too often"
    assert min(told[THIRD], told[ALONE]) > 0
