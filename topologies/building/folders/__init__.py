"""Folders of regions: where each is, what its files say, and how regions are joined."""
