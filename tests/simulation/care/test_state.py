"""State: what is kept of a patient."""

import numpy as np
import pytest

from simulation.care.capacity.ward_table import NO_WARD
from simulation.care.flow.codes import Exit
from simulation.care.flow.state import expected_type, patient_type
from simulation.engine.buffers import LINE, in_lines


def test_a_patient_is_whole_in_a_line_of_the_processors_cache() -> None:
    assert patient_type(6_000).itemsize == LINE
    assert in_lines(3, patient_type(6_000)).ctypes.data % LINE == 0


@pytest.mark.parametrize("wards", [1, 32_767, 32_768, 1_000_000])
def test_the_last_ward_of_a_region_has_a_number_in_every_field_that_holds_one(wards: int) -> None:
    patient, expected = np.zeros(1, patient_type(wards))[0], np.zeros(1, expected_type(wards))[0]
    for kept in (patient, expected):
        kept["ward"] = wards - 1
        assert kept["ward"] == wards - 1
    for field, none in (("then", Exit.UNMET), ("holds", NO_WARD)):
        for number in (wards - 1, none):
            patient[field] = number
            assert patient[field] == number
