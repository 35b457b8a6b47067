"""Deriving: draws, neighbours, and what a planner declares in place of what is derived."""
