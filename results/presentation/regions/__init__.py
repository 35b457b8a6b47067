"""A region in words: what its streams of care can take, and its seasons."""
