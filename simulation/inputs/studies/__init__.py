"""Studies: named comparisons that come with the program, as documents."""
