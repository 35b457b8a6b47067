"""Execution: what is to be run, and the worker processes that run it."""
