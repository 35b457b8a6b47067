"""Assumptions: which of those that are drawn a verdict turns on."""
