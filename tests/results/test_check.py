"""A store that was damaged says so."""

from pathlib import Path

import results
from tests.results import synthetic
from tests.results.conftest import Run


def test_a_store_as_it_was_sealed_has_no_finding(tmp_path: Path, run: Run) -> None:
    assert results.check(run(tmp_path, [range(3)], 3)) == []


def test_a_changed_file_and_a_missing_one_are_both_told(tmp_path: Path, run: Run) -> None:
    store = run(tmp_path, [range(3)], 3)
    changed, missing, *_ = sorted(tmp_path.rglob("*.parquet"))
    changed.write_bytes(changed.read_bytes()[:-1])
    missing.unlink()
    findings = {finding.where: str(finding.problem) for finding in results.check(store)}
    assert findings == {
        str(changed): "the file has changed since it was sealed",
        str(missing): "the file is missing",
    }


def test_a_campaign_that_was_never_sealed_is_told(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    with store.begin(synthetic.campaign()):
        pass
    (finding,) = results.check(store)
    assert str(finding.remedy) == "run it again to its end"
