"""Exports: what a campaign says, as a spreadsheet opens it."""
