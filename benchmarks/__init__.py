"""Benchmarks: each compares side by side in one process how fast we are; `--json` gives the ratios."""
