"""The track record: how the model did on real incidents, each forecast without itself."""

from functools import cache
from pathlib import Path

from topologies.fields.quantity import Input
from topologies.fields.title import Title
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("track_record.yaml")


class Missed(Input):
    """A published figure that lies outside the interval which should hold nine in ten."""

    incident: Title
    figure: Title
    observed: float
    low: float
    high: float
    why: Title
    """How we understand that."""


class TrackRecord(Input):
    """The score of all published figures that set no number; what `docs/score-card.md` tells one by one."""

    model: str
    """The version of the model that made it."""
    digest: str
    """Of all that the forecasts hang on."""
    incidents: int
    figures: int
    hits: int
    """Within the 90 % interval."""
    hits_half: int
    """Within the 50 % interval."""
    better: int
    """Nearer to what was observed than a guess without a model."""
    skill: float
    """Of all together: one less the ratio of the summed scores, the model's over the guess's."""
    missed: tuple[Missed, ...]
    """All but the hits."""


@cache
def load_track_record() -> TrackRecord:
    """The record of the model that made it."""
    return read_yaml(FILE, TrackRecord)


def track_record_of(model: str) -> TrackRecord | None:
    """The record of this version of the model; `None` where the one that is known is another's."""
    known = load_track_record()
    return known if known.model == model else None
