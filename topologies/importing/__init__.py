"""Importing: from the files that agencies publish or fill in to a region's folder, with a report of what was taken."""
