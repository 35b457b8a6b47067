"""Workers: a pool of processes that run jobs on this machine, and survive the loss of any of them.

    machine           how many cores and how much memory we may use
    pool              hands jobs to workers, and replaces those that are lost
    worker_process    a worker as the pool sees it
    worker            the process itself

What a job does is no business of theirs: chunks of a campaign, or replays of incidents.
"""
