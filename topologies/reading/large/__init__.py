"""Large files from outside, of any size: read in bounded pieces, one line or one item after the other."""
