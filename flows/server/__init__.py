"""Prefect's server: where it keeps its state, how it is started, and why it ended."""
