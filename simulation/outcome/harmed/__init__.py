"""Harm: what patients were exposed to, and what that costs."""
