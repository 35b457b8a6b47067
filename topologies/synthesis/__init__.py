"""Synthesis: regions that do not exist, of any size, with the statistics of those that do."""
