"""Benchmarks of campaigns: what the command costs beside the work itself, and how it grows.

    whole      a campaign from Enter to its verdict, beside a bare pool of the same calls
    start      from Enter to the first replication, beside a worker's own start; a campaign that is finished already
    workers    one, two and four workers
    cluster    Dask on two local processes beside a pool of two
    stored     what is written and sealed, beside what is computed
    memory     the highest of each process at 200 replications and at 1,000

All run in one process, on the same replications, side by side and in turn: a machine that has other things to do spoils
seconds, less so ratios. Prefect's database is there from a run before.

    python -m benchmarks.campaigns [NAME …] [--json]      what `make bench` runs: all of them, or those named
"""
