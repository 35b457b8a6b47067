"""By which clock do hospitals live? Nights, weekends and ceremonies are told by the clock of Paris."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

HALF_A_YEAR_H = 180 * 24
"""The longest horizon."""


def by_the_clock(day: date, hour: float) -> datetime:
    """The instant at which clocks of Paris show an hour of a day; past 24, of the next day.

    An hour that clocks skip in spring is the instant at which they skip it. One that they show twice in autumn is meant
    the first time.

    >>> by_the_clock(date(2026, 3, 29), 2.5).isoformat()
    '2026-03-29T03:00:00+02:00'
    >>> by_the_clock(date(2026, 10, 25), 2.5).isoformat()
    '2026-10-25T02:30:00+02:00'
    """
    wall = datetime.combine(day, time()) + timedelta(hours=hour)
    at = wall.replace(tzinfo=PARIS)
    if at.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) == wall:
        return at
    # Clocks skip one whole hour, and what is left of it here.
    return (wall.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)).replace(tzinfo=PARIS)
