"""Scoring: forecasts of figures beside what was observed, and beside what anyone could have guessed."""
