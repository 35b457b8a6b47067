"""Continuity of care: applications that are down, dependence on shared services, work on paper."""
