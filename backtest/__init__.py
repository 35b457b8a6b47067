"""The back-test: what really happened beside what the model says."""

from backtest.incident import Incident
from backtest.library import incident_names, load_incident

__all__ = ["Incident", "incident_names", "load_incident"]
