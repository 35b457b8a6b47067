"""The story of a replication in words: what happened, where, and what led to it."""
