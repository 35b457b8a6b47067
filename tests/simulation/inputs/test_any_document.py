"""Whatever stands in a document of ours, is it taken, or refused where it stands?"""

import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from backtest.account import Account
from backtest.library import ACCOUNT, INCIDENTS
from simulation.inputs.library import (
    EVENTS,
    POSTURES,
    SCENARIOS,
    STUDIES,
    load_event,
    load_posture,
    load_scenario,
)
from topologies.errors import BadInput, Finding
from topologies.reading.documents import read_yaml
from topologies.reading.positions import DocumentLoader

LOADERS: dict[str, Callable[[Path], object]] = {
    "scenarios": load_scenario,
    "events": load_event,
    "postures": load_posture,
    "studies": STUDIES.load,
    "incidents": lambda file: read_yaml(file, Account),
}
ONE_OF_EACH = {
    "scenarios": SCENARIOS.file("second-wave"),
    "events": EVENTS.file("alpes-2030"),
    "postures": POSTURES.file("baseline"),
    "studies": STUDIES.file("funding-domains"),
    "incidents": INCIDENTS / "vermont-2020" / ACCOUNT,
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.booleans(), max_size=2),
    st.sampled_from(
        [
            "yes",
            "~",
            "0x10",
            "1e999",
            "5__5_",
            "45 000",
            "48,92",
            "2026-02-29",
            "0001-01-01T00:00+14:00",
            "x" * 500,
        ]
    ),
)


def documents() -> dict[str, Any]:
    return {kind: yaml.load(file.read_text("utf-8"), DocumentLoader) for kind, file in ONE_OF_EACH.items()}


DOCUMENTS = documents()


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in inside:
        yield (*place, part)
        yield from places(inner, (*place, part))


def findings(kind: str, file: Path) -> tuple[Finding, ...]:
    """What is wrong with a document; nothing where it is taken."""
    try:
        LOADERS[kind](file)
    except BadInput as refusal:
        return refusal.findings
    return ()


@pytest.mark.parametrize("kind", LOADERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_document_with_something_odd_in_it_is_taken_or_refused_where_that_stands(
    kind: str, data: st.DataObject
) -> None:
    document = deepcopy(DOCUMENTS[kind])
    *outer, last = data.draw(st.sampled_from(list(places(document))))
    holder = document
    for part in outer:
        holder = holder[part]
    if data.draw(st.integers(0, 4)):
        holder[last] = data.draw(ODD)
    else:
        del holder[last]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "odd.yaml"
        file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
        for finding in findings(kind, file):
            assert finding.where.startswith("odd.yaml line ")
            assert "is not as expected" not in str(finding)
            assert len(str(finding)) < 1_500
