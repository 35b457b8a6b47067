"""Comparing: a comparison as a page, beside that of a campaign."""
