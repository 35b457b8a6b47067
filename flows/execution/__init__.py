"""Execution: what is to be run, and how it is run.

One run in one picture:

    Order ─plan_of─▶ Plan ─▶ Execution ──▶ Pool ──▶ worker processes ──▶ chunks in the store
    (names,          what    │  execution.py   flows/workers         chunk.py
     numbers)        lacks   │
                             │  a future for each chunk, done when it is in the store;
                             │  one for the summary, done when the store is sealed
                             │
    campaign_run.py of ──────┼──▶ progress on the screen          flows/terminal
    flows/recording          │
    starts all of it,        │
    and stops it in order    └──▶ Record ══socket══▶ recorder, a subprocess ──▶ Prefect's flow ──▶ Prefect's server
                                  recording/record.py      recording/recorder.py    campaign_flow.py    server/server.py

With `--dask`, a Dask cluster takes the place of the pool, and sends its chunks here to be written.

A comparison is run the same way: `comparison.py` plans several campaigns, and one execution runs them with one pool.

The first line computes and never imports Prefect. The last line only records: whatever happens to it, there is a
verdict. In the control room, `flow_run.py` starts Prefect's flow first, which then follows an `Execution` of its own.
"""
