"""Which assumptions a crisis turns on: the points at which it is looked at, two methods, and whether they agree."""
