"""Detecting: how an intruder is noticed, and what a first case lets others find."""
