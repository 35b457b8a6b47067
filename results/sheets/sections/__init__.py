"""Sections: a sheet part by part, each made from the findings alone."""
