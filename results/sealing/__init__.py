"""Sealing: finished chunks become the part files that readers see."""
