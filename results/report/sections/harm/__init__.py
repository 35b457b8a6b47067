"""Harm: who is harmed, in which department, and over which places."""
