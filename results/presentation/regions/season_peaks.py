"""Peaks of a region's seasons: when most guests are there, and when most inhabitants are away."""

from dataclasses import dataclass

from results.presentation.language import _, named
from results.presentation.numbers import day_of_year, number
from topologies.region import Region, Season, lies_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """People who are where they do not live, or not where they do, on the first of the days when they are most."""

    day: str
    """Month and day."""
    people: int
    communes: int
    foremost: str
    """The commune that has most of them, by its INSEE code."""
    people_of_foremost: int


def guests_of(region: Region) -> Peak | None:
    """When most guests are there."""
    return _peak([season for season in region.seasons if season.people > 0])


def away_from(region: Region) -> Peak | None:
    """When most inhabitants are away."""
    return _peak([season for season in region.seasons if season.people < 0])


def _peak(seasons: list[Season]) -> Peak | None:
    """They are most on the first day of one of the seasons."""
    by_day = {season.first_day: _people_on(season.first_day, seasons) for season in seasons}
    if not by_day:
        return None
    day, people = max(sorted(by_day.items()), key=lambda each: sum(each[1].values()))
    foremost = max(people, key=lambda code: (people[code], code))
    return Peak(
        day=day,
        people=sum(people.values()),
        communes=len(people),
        foremost=foremost,
        people_of_foremost=people[foremost],
    )


def _people_on(day: str, seasons: list[Season]) -> dict[str, int]:
    """By commune."""
    people: dict[str, int] = {}
    for season in seasons:
        if lies_between(day, season.first_day, season.last_day):
            people[season.commune] = people.get(season.commune, 0) + abs(season.people)
    return people


def peaks_told(region: Region) -> list[str]:
    """Both, in a sentence each."""
    guests = _(
        "Season: up to {people} {people:guest|guests} besides inhabitants, in {communes} {communes:commune|communes}, "
        "from {day} for one; most in {commune} ({own}, beside {inhabitants} {inhabitants:inhabitant|inhabitants})."
    )
    away = _(
        "Season: up to {people} {people:inhabitant|inhabitants} away from {communes} {communes:commune|communes}, "
        "from {day} for one; most from {commune} ({own} of {inhabitants})."
    )
    return [
        text.format(
            people=number(peak.people),
            communes=number(peak.communes),
            day=day_of_year(peak.day),
            commune=named(region.communes[peak.foremost].name),
            own=number(peak.people_of_foremost),
            inhabitants=number(region.communes[peak.foremost].population),
        )
        for text, peak in ((guests, guests_of(region)), (away, away_from(region)))
        if peak
    ]
