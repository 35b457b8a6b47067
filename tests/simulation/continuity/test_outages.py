"""What the loss of applications costs: the worst one sets the pace, and more lost never leaves more."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from simulation.continuity.outage_costs import costs_of, matrix_of
from simulation.inputs.parameters.outages import Outages
from simulation.inputs.parameters.parameters import FOLDER, load_parameters
from simulation.inputs.streams import NUMBER, STREAMS, Stream
from topologies.errors import BadInput
from topologies.reading.documents import read_yaml

OUTAGES, OUTAGES_FILE = load_parameters().outages, FOLDER / "crisis" / "outages.yaml"
CAN_WAIT = 0.5
MATRIX = matrix_of(OUTAGES, CAN_WAIT)
APPLICATIONS = tuple(OUTAGES.applications)
DOWN = hnp.arrays(np.float64, len(APPLICATIONS), elements=st.floats(0, 1))
REHEARSED = st.floats(0, 1)
HARDSHIP = st.floats(1, 4)


def costs(
    down: NDArray[np.float64] | dict[str, float], rehearsed: float = 0.0, hardship: float = 1.0
) -> NDArray[np.float64]:
    """Of shape (streams, 3): capacity kept, stays multiplied, minutes added."""
    if isinstance(down, dict):
        down = np.array([down.get(name, 0.0) for name in APPLICATIONS])
    left = np.full((len(STREAMS), 3), np.nan)
    costs_of(MATRIX, down, rehearsed, hardship, left)
    return left


def of(left: NDArray[np.float64], stream: Stream) -> tuple[float, float, float]:
    kept, longer, minutes = left[NUMBER[stream]].tolist()
    return kept, longer, minutes


def test_every_application_has_a_title_and_comes_back_with_a_stage_of_recovery() -> None:
    assert {"record", "prescription", "laboratory", "imaging", "telephony", "regulation"} <= set(APPLICATIONS)
    for one in OUTAGES.applications.values():
        assert one.title.fr
        assert one.title.en
        assert one.hosted.low <= one.hosted.value <= one.hosted.high


def test_every_cost_has_a_source_and_an_assumption_its_reason() -> None:
    cells = [(cost.application, cost.stream) for cost in OUTAGES.costs]
    assert len(set(cells)) == len(cells), "a cell is told once"
    for cost in OUTAGES.costs:
        assert cost.source
        assert bool(cost.reason) or not cost.assumption
    assert {cost.stream for cost in OUTAGES.costs} == set(Stream), "each stream leans on something"


def test_with_everything_up_nothing_is_lost() -> None:
    left = costs(np.zeros(len(APPLICATIONS)), hardship=3.0)
    assert np.array_equal(left, np.tile([1.0, 1.0, 0.0], (len(STREAMS), 1)))


@pytest.mark.parametrize("cost", OUTAGES.costs, ids=lambda cost: f"{cost.application}-{cost.stream}")
def test_an_application_wholly_down_by_itself_costs_what_its_line_says(cost: object) -> None:
    from simulation.inputs.parameters.outages import Cost

    assert isinstance(cost, Cost)
    for rehearsed, line in (
        (0.0, (cost.kept, cost.lengthened, cost.minutes)),
        (1.0, (cost.kept_rehearsed, cost.lengthened_rehearsed, cost.minutes_rehearsed)),
    ):
        assert of(costs({cost.application: 1.0}, rehearsed), cost.stream) == pytest.approx(
            [value for value, _, _ in line]
        )


def test_what_is_half_down_costs_half_and_half_a_plan_saves_half() -> None:
    stream = Stream.EMERGENCY_ADULT
    kept, longer, minutes = of(costs({"record": 1.0}), stream)
    half = of(costs({"record": 0.5}), stream)
    assert half == pytest.approx((1 - (1 - kept) / 2, 1 + (longer - 1) / 2, minutes / 2))
    planned = np.array(of(costs({"record": 1.0}, 1.0), stream))
    between = of(costs({"record": 1.0}, 0.5), stream)
    assert between == pytest.approx((planned + np.array([kept, longer, minutes])) / 2)


@pytest.mark.parametrize("exams", [Stream.IMAGING, Stream.LABORATORY])
def test_exams_that_cannot_wait_go_first_and_appointments_feel_all_that_is_missing(exams: Stream) -> None:
    for stream in (Stream.EMERGENCY_ADULT, Stream.MEDICINE, Stream.CRITICAL_CARE):
        assert of(costs({str(exams): CAN_WAIT}), stream) == (1.0, 1.0, 0.0)
        whole, most = (of(costs({str(exams): down}), stream) for down in (1.0, 0.75))
        assert 1.0 - most[0] == pytest.approx((1.0 - whole[0]) / 2.0)
    for stream in (Stream.SURGERY_SCHEDULED, Stream.OUTPATIENT, exams):
        whole, half = (of(costs({str(exams): down}), stream) for down in (1.0, 0.5))
        assert 1.0 - half[0] == pytest.approx((1.0 - whole[0]) / 2.0)


def test_hardship_multiplies_what_is_lost_down_to_nothing() -> None:
    stream = Stream.OUTPATIENT
    kept, longer, _ = of(costs({"record": 0.1}), stream)
    assert of(costs({"record": 0.1}, hardship=2.0), stream)[:2] == pytest.approx(
        (1 - 2 * (1 - kept), 1 + 2 * (longer - 1))
    )
    assert of(costs({"record": 1.0}, hardship=100.0), stream)[0] == 0.0


@given(down=DOWN, rehearsed=REHEARSED, hardship=HARDSHIP)
def test_the_worst_application_sets_the_pace_and_no_loss_is_counted_twice(
    down: NDArray[np.float64], rehearsed: float, hardship: float
) -> None:
    together = costs(down, rehearsed, hardship)
    alone = np.stack(
        [
            costs({name: float(share)}, rehearsed, hardship)
            for name, share in zip(APPLICATIONS, down, strict=True)
        ]
    )
    assert together[:, 0] == pytest.approx(alone[:, :, 0].min(axis=0))
    assert together[:, 1] == pytest.approx(alone[:, :, 1].max(axis=0))
    assert together[:, 2] == pytest.approx(alone[:, :, 2].max(axis=0))


@given(down=DOWN, more=DOWN, rehearsed=REHEARSED, hardship=HARDSHIP)
def test_more_down_never_keeps_more(
    down: NDArray[np.float64], more: NDArray[np.float64], rehearsed: float, hardship: float
) -> None:
    less, greater = costs(down, rehearsed, hardship), costs(np.maximum(down, more), rehearsed, hardship)
    assert np.all(greater[:, 0] <= less[:, 0])
    assert np.all(greater[:, 1:] >= less[:, 1:])


@given(down=DOWN, low=REHEARSED, high=REHEARSED, hardship=HARDSHIP)
def test_a_rehearsed_plan_never_keeps_less(
    down: NDArray[np.float64], low: float, high: float, hardship: float
) -> None:
    low, high = sorted((low, high))
    bare, planned = costs(down, low, hardship), costs(down, high, hardship)
    assert np.all(planned[:, 0] >= bare[:, 0] - 1e-12)
    assert np.all(planned[:, 1:] <= bare[:, 1:] + 1e-12)


@given(down=DOWN, rehearsed=REHEARSED, hardship=HARDSHIP)
def test_what_is_left_is_a_share_and_stays_are_no_shorter(
    down: NDArray[np.float64], rehearsed: float, hardship: float
) -> None:
    left = costs(down, rehearsed, hardship)
    assert np.all((left[:, 0] >= 0.0) & (left[:, 0] <= 1.0))
    assert np.all(left[:, 1] >= 1.0)
    assert np.all(left[:, 2] >= 0.0)


def test_payroll_costs_no_stream_anything() -> None:
    assert np.array_equal(costs({"payroll": 1.0}), costs({}))


RECORD_IN_EMERGENCIES = next(
    line
    for line in OUTAGES_FILE.read_text("utf-8").splitlines(keepends=True)
    if line.startswith("    kept: ")
)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        (RECORD_IN_EMERGENCIES, "    kept: [0.99, 0.35, 1.0]\n", "a rehearsed plan costs more than none"),
        (RECORD_IN_EMERGENCIES, "    kept: [0.55, 0.6, 0.9]\n", "outside low 0.6 to high 0.9"),
        (RECORD_IN_EMERGENCIES, "    kept: [1.55, 0.35, 1.9]\n", "kept"),
        (RECORD_IN_EMERGENCIES, "", "kept"),
        ("  - application: record\n", "  - application: recort\n", "recort is none of the applications"),
        ("    stream: emergency_adult\n", "    stream: emergency\n", "emergency"),
        ("    lengthened: [1.22, 1.08, 1.36]\n", "    lengthened: [0.9, 0.8, 1.36]\n", "lengthened"),
        ("    minutes: [20, 5, 45]\n", "    minutes: [-20, -30, 45]\n", "minutes"),
        ("    returns_with: vital_applications\n", "    returns_with: luck\n", "returns_with"),
    ],
)
def test_nonsense_is_refused_with_its_place_and_the_remedy(
    tmp_path: Path, written: str, instead: str, told: str
) -> None:
    text = OUTAGES_FILE.read_text(encoding="utf-8")
    assert written in text
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        read_yaml(path, Outages)
    assert told in str(refusal.value)
    assert "mine.yaml" in str(refusal.value)
    assert all(str(finding.remedy) for finding in refusal.value.findings)
