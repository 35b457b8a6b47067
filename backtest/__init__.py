"""Back-tests: published incidents, replayed, and what was observed beside what the model says."""

from backtest.library import Incident, incident_names, load

__all__ = ["Incident", "incident_names", "load"]
