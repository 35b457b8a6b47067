"""Where an analyst works: a folder with a store such as `tocsin compare` leaves."""

from dataclasses import replace
from pathlib import Path

import pytest

from results import Varies
from results.store.comparisons import described_comparison
from simulation.inputs.library import load_posture
from tests.results import synthetic

PREPARED = replace(synthetic.attack(), posture=load_posture("prepared"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the analyst works."""
    folder = tmp_path_factory.mktemp("analyst")
    store = synthetic.sealed_beside(
        folder / "store", synthetic.outcomes(range(10)), synthetic.outcomes(range(10))
    )
    with store.begin(PREPARED):
        store.write_chunk(PREPARED.id, synthetic.outcomes(range(10)))
        store.seal(PREPARED.id, 10)
    store.keep(described_comparison(Varies.POSTURE, [synthetic.attack().id, PREPARED.id]))
    return folder
