"""Demand: the crowds of an event, and the calendar of ordinary patients."""
