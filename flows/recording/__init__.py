"""Recording: a run as Prefect shows it.

The command writes to a `record`; its subprocess, the `recorder`, takes the run through Prefect's `campaign_flow`, with
its `artifacts`. `run_locks` say which runs still have a process, and `crashed_runs` marks the others.
"""
