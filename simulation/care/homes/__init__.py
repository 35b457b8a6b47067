"""Homes: the communes in which patients live, the sites that they go to, and how long the way is."""
