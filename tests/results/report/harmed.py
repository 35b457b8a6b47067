"""A made-up campaign in which each crisis harms others, waits longer, and hits another number of sites."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from results import Store
from tests.results import synthetic
from tests.results.analysis.test_summary import CALM, OFF
from tests.results.report.test_extremes import FIRST, HIT, NEVER_BACK, STORY, calm, outcome
from tests.results.synthetic import SITES

SECOND = list(SITES)[1]
SWITCHED_OFF = ("switched_off", SECOND, 2, "precaution", None)
CRISES, QUIET = 13, 2


def crisis(number: int) -> Iterator[tuple[object, ...]]:
    """The first site is hit in all but two; the second is switched off in one of three."""
    yield from STORY
    yield "patients_unmet", FIRST, 2, "emergency_paediatric", number
    if number > 1:
        yield HIT
    if number % 3 == 0:
        yield SWITCHED_OFF


def changes(number: int) -> dict[str, object]:
    """What is back in one, is not in another; who asked for a team waits longer in each."""
    back = NEVER_BACK if number % 3 == 0 else OFF | {"restoration_h": 200.0 + 30.0 * number}
    return back | {
        "ed_visits_unmet": 100 + 7 * number * number,
        "ed_unmet_share": 0.02 + 0.0015 * number,
        "icu_unmet_patient_h": 900.0 + 80.0 * number,
        "regional_cell_delay_h": float(number),
        "responders_came": number % 2 == 0,
        "responder_wait_max_h": 12.0 * number if number % 2 == 0 else 600.0,
    }


def harmed_in(path: Path) -> Store:
    """Thirteen crises and two replications in which nothing went off, beside other patients on each day."""
    asked = [
        outcome(number, changes(number), hit=True, story=tuple(crisis(number))) for number in range(CRISES)
    ]
    quiet = [outcome(CRISES + number, CALM, hit=False, story=STORY[:1]) for number in range(QUIET)]
    others = [
        replace(calm(number), communes=other.communes, hours=other.hours)
        for number, other in enumerate(synthetic.outcomes(range(50, 50 + CRISES + QUIET)))
    ]
    return synthetic.sealed_beside(path, [*asked, *quiet], others)
