"""Reading: YAML and CSV from outside, with the line of everything that is wrong."""
