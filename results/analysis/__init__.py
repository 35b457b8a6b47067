"""Analysis: indicators with their intervals, and the verdicts of a campaign."""
