"""Recording: a run as Prefect shows it."""
