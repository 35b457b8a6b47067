"""Back-tests: published incidents, replayed, and what was observed beside what the model says."""

from backtest.account import Account
from backtest.library import Incident, accounts, incident_names, load

__all__ = ["Account", "Incident", "accounts", "incident_names", "load"]
