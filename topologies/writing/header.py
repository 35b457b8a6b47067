"""Header: the text of a `region.yaml`."""

from collections.abc import Mapping, Sequence

import yaml

MARGIN = 0.1
"""Degrees by which the bounds of a region exceed what lies in it."""


def header_text(header: Mapping[str, object], *remarks: str) -> str:
    """The header as YAML, below a comment of these lines."""
    said: str = yaml.safe_dump(dict(header), allow_unicode=True, sort_keys=False, width=110)
    return "".join(f"# {remark}\n" for remark in remarks) + f"\n{said}"


def bounds_around(points: Sequence[tuple[float, float]]) -> dict[str, float]:
    """A box, with some margin, that holds these points (latitude and longitude)."""
    latitudes, longitudes = zip(*points, strict=True)
    return {
        "south": round(max(-90.0, min(latitudes) - MARGIN), 2),
        "north": round(min(90.0, max(latitudes) + MARGIN), 2),
        "west": round(max(-180.0, min(longitudes) - MARGIN), 2),
        "east": round(min(180.0, max(longitudes) + MARGIN), 2),
    }
