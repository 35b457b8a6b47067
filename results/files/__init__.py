"""Files that can be relied on: written whole, held to their digests, locked while they change."""
