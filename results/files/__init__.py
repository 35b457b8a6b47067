"""Files that can be relied on: written whole, checked against their digests, locked while they change."""
