"""Places: what establishments, shared services and territories are called, by their names or without them."""

from collections.abc import Iterator, Mapping
from typing import Any

from results.presentation.language import _
from results.presentation.numbers import number


def real_names(region: Mapping[str, Any]) -> Mapping[str, str]:
    """The names of a region's establishments and services, and of its territories, which are their own."""
    places = [*region["establishments"].items(), *region["services"].items()]
    return {key: one["name"] for key, one in places} | {name: name for name in _territories(region)}


class Anonymous(Mapping[str, str]):
    """A number for each, in the order in which they are first told of: it tells nothing of who they are."""

    def __init__(self, region: Mapping[str, Any]) -> None:
        self._kinds = {
            **dict.fromkeys(region["establishments"], _("Establishment {number}")),
            **dict.fromkeys(region["services"], _("Shared service {number}")),
            **dict.fromkeys(_territories(region), _("Territory {number}")),
        }
        self._given: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        if key not in self._given:
            kind = self._kinds[key]
            others = sum(self._kinds[other] == kind for other in self._given)
            self._given[key] = kind.format(number=number(others + 1))
        return self._given[key]

    def __contains__(self, key: object) -> bool:
        return key in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)


def _territories(region: Mapping[str, Any]) -> Iterator[str]:
    """Those under which the tables count establishments."""
    for site in region["establishments"].values():
        yield site["ght"] or f"Hors GHT ({site['department']})"
