"""Documents: what leaves the program for people, to be read, sent on and printed."""
