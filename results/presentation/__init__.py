"""Presentation: languages, numbers and words for people, on whatever screen or page."""
