"""Analysis: indicators with their intervals, and the verdict of a campaign."""
