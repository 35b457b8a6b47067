"""Capacity: wards, their places and their staff, and what a plan blanc adds."""
