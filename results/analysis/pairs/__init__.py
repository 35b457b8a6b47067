"""Pairs: campaigns on the same random numbers, beside each other crisis by crisis."""
