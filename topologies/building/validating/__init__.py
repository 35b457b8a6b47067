"""Validating: what is wrong and what is odd about a region, told at once."""
