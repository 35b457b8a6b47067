"""Caches: folders of ours, and the machine code that is kept there."""
