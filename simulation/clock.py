"""By which clock do hospitals live? Nights, weekends and ceremonies are told by the clock of Paris."""

from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
