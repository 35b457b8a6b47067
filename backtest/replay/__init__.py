"""Replay: an incident run again, with parameters drawn without it, and its figures read off."""
