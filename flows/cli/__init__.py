"""The command line: `tocsin` and its verbs."""
