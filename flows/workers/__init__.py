"""Workers: processes that run jobs, on this machine or on those of a Dask cluster, and survive the loss of any of them.

    executor          what a pool and a cluster have in common
    cluster           hands jobs to the workers of a Dask cluster
    program           what must be the same on all machines
    machine           how many cores and how much memory we may use
    pool              hands jobs to workers, and replaces those that are lost
    worker_process    a worker as the pool sees it
    worker            the process itself

What a job does is no business of theirs: chunks of a campaign, or replays of incidents.
"""
