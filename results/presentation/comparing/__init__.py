"""Comparing: what a comparison says, in sentences and rows of words."""
