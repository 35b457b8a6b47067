"""A small campaign whose hospitals bear names that a page must show as they are."""

from dataclasses import replace
from pathlib import Path

import pytest

import results
import simulation
from results import Store
from simulation import Campaign, Parameters, Posture, Scenario, ordinary_twin
from tests.campaigns import campaign_of, checked
from tests.regions import FIRST, SECOND, THIRD
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
