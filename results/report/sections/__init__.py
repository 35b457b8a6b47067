"""Sections: the page part by part, each made from the evidence alone."""
