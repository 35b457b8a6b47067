"""What a run is expected to take: a trial of a few replications, and the estimate that rests on it."""
