"""Indicators: what is computed for each replication, and what each of them is called."""
