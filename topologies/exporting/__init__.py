"""Exporting: a region as tables, as a graph, or as a map, under its true names or under pseudonyms."""
