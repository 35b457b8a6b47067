"""The clock of Paris: an hour that no clock of Paris shows is a slip, told with what was probably meant."""

import pytest
from pydantic import TypeAdapter, ValidationError

from simulation.inputs.clock import PARIS, ParisInstant

INSTANT: TypeAdapter[object] = TypeAdapter(ParisInstant)


@pytest.mark.parametrize(
    ("written", "meant", "same"),
    [
        ("2024-07-26T20:00:00+05:00", "2024-07-26T20:00:00+02:00", "2024-07-26T17:00:00+02:00"),
        ("2024-07-26T20:00:00+01:00", "2024-07-26T20:00:00+02:00", "2024-07-26T21:00:00+02:00"),
        ("2024-12-26T20:00:00+02:00", "2024-12-26T20:00:00+01:00", "2024-12-26T19:00:00+01:00"),
    ],
)
def test_an_offset_that_paris_does_not_have_then_is_refused_with_what_may_be_meant(
    written: str, meant: str, same: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        INSTANT.validate_python(written)
    assert meant in str(refusal.value)
    assert same in str(refusal.value)


@pytest.mark.parametrize(
    "written", ["2024-07-26T20:00:00+02:00", "2024-07-26T18:00:00Z", "2024-07-26T18:00+00:00"]
)
def test_the_offset_of_paris_and_utc_say_the_same_instant(written: str) -> None:
    read = INSTANT.validate_python(written)
    assert str(read.astimezone(PARIS)) == "2024-07-26 20:00:00+02:00"  # type: ignore[attr-defined]
