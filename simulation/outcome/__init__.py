"""The outcome: what a replication cost, counted and held against the thresholds."""
