"""Campaigns: run one, list those of a store, and show one again."""
