"""The night: for which attackers wait who choose their hour, since nobody is at the screens."""

HOURS_A_DAY, WORKING_DAYS = 24.0, 5
OPENS, CLOSES = 8.0, 18.0
"""By definition: business hours, Monday to Friday."""


def until_night_h(since_monday_h: float, into_night: float) -> float:
    """Hours until a point of the coming night, 0 its beginning and 1 its end; none where nobody is at work now.

    >>> [until_night_h(hour, 0.5) for hour in (10.0, 20.0, 5 * 24.0 + 10.0, 168.0 + 17.0)]
    [15.0, 0.0, 0.0, 8.0]
    """
    day, hour = divmod(since_monday_h, HOURS_A_DAY)
    if day % 7 >= WORKING_DAYS or not OPENS <= hour < CLOSES:
        return 0.0
    return CLOSES - hour + into_night * (HOURS_A_DAY - CLOSES + OPENS)
