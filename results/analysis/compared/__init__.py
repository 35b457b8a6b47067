"""Compared: the replications of a campaign beside those of its ordinary twin, with what is not over at the horizon."""
