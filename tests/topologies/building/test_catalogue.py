"""How is a region found, and what is said when it is not there?"""

import subprocess
import sys
from pathlib import Path

import pytest

import topologies
from topologies.errors import BadInput, UnknownName


def test_the_built_in_regions_are_named_in_order() -> None:
    assert topologies.names() == sorted(topologies.names())
    assert "ile-de-france" in topologies.names()


def test_an_unknown_name_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownName, match="no region named ile-de-farnce: try ile-de-france") as error:
        topologies.load("ile-de-farnce")
    assert error.value.exit_code == 2


def test_a_folder_is_found_by_its_path_as_text_or_as_path(
    folder: Path, ile_de_france: topologies.Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert topologies.load(folder) == topologies.load(str(folder)) == ile_de_france
    monkeypatch.chdir(folder.parent)
    assert topologies.load("region") == ile_de_france


def test_a_built_in_name_wins_over_a_folder_of_that_name_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ile-de-france").mkdir()
    monkeypatch.chdir(tmp_path)
    assert len(topologies.load("ile-de-france").establishments) == 355


@pytest.mark.parametrize("path", ["no/such/folder", "./ile-de-france"])
def test_a_path_without_a_folder_says_what_a_folder_must_hold(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=r"is not a folder; name a folder that holds establishments\.csv"):
        topologies.load(path)


def test_an_empty_folder_misses_its_establishments(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as error:
        topologies.load(tmp_path)
    assert [finding.where for finding in error.value.findings] == ["establishments.csv"]


def test_importing_topologies_is_cheap() -> None:
    heavy = "{'pandas', 'pyarrow', 'prefect', 'networkx', 'pyproj', 'numpy'}"
    code = f"import sys, topologies; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_loading_a_region_needs_no_data_frames_and_no_orchestrator() -> None:
    heavy = "{'pandas', 'pyarrow', 'prefect', 'networkx'}"
    code = (
        f"import sys, topologies; topologies.load('ile-de-france'); print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
