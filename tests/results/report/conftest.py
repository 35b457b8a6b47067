"""A small campaign whose hospitals bear names that a page must show as they are."""

from dataclasses import replace
from pathlib import Path

import pytest

import results
import simulation
from results import Store
from results.store.comparisons import Varies, described_comparison
from simulation import Campaign, Parameters, Posture, Scenario, ordinary_twin
from tests.campaigns import campaign_of, checked
from tests.regions import FIRST, SECOND, THIRD
from tests.results.analysis.test_paired import ATTACK, PREPARED, seal, unmet
from tests.results.analysis.test_summary import CALM, some
from topologies.region import Region

REPLICATIONS = 6
NAMES = {
    FIRST: 'Hôpital "Saint-Louis" <script>window.pwned = true</script>',
    SECOND: "Clinique 🚑 de l'Est & Cie",
    THIRD: "CH \u202eelbisivni",
}


@pytest.fixture(scope="session")
def attacked(small_region: Region, small_scenario: Scenario, helpless: Posture, sure: Parameters) -> Campaign:
    """The small region under these names, helpless before an attacker who never fails."""
    sites = {
        finess: replace(site, name=NAMES.get(finess, site.name))
        for finess, site in small_region.establishments.items()
    }
    region = replace(small_region, establishments=sites, title="Région d'essai")
    return checked(campaign_of(region, small_scenario, helpless, sure))


@pytest.fixture(scope="session")
def store(attacked: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Its replications beside those of its twin, sealed."""
    store = results.prepare(tmp_path_factory.mktemp("page") / "store")
    prepared = simulation.prepare(attacked)
    for campaign, made in ((ordinary_twin(attacked), simulation.spared(prepared)), (attacked, prepared)):
        with store.begin(campaign):
            outcomes = (simulation.replicate(made, attacked.seed, number) for number in range(REPLICATIONS))
            store.write_chunk(campaign.id, outcomes)
            store.seal(campaign.id, REPLICATIONS)
    return store


@pytest.fixture(scope="session")
def written(store: Store, attacked: Campaign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page in French."""
    from results.presentation import language
    from results.report import Asked, NamesShown, Tlp, report_of

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(language.VARIABLE, "fr")
        page = report_of(store, attacked.id, Asked(tlp=Tlp.AMBER_STRICT, names=NamesShown.REAL)).page()
    file = tmp_path_factory.mktemp("written") / "page.html"
    file.write_text(page, "utf-8")
    return file


BEFORE, AFTER = [900, 1000, 1100, 1200, 1300, 1400], [400, 520, 580, 710, 790, 905]


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, str]:
    """Six crises with and without preparation, which keeps half of the patients in care."""
    store = results.prepare(tmp_path_factory.mktemp("compared") / "store")
    calm = some([CALM | {"ed_visits_unmet": 100}] * len(BEFORE))
    seal(store, ordinary_twin(ATTACK), calm)
    seal(store, ATTACK, some(unmet(*BEFORE)))
    seal(store, PREPARED, some(unmet(*AFTER)))
    kept = described_comparison(Varies.POSTURE, [ATTACK.id, PREPARED.id])
    store.keep(kept)
    return store, kept.comparison


@pytest.fixture(scope="session")
def harmed_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A made-up campaign in which no two crises are alike."""
    from tests.results.report.harmed import harmed_in

    return harmed_in(tmp_path_factory.mktemp("harmed") / "store")
