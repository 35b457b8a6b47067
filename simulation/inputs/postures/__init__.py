"""Postures: how prepared a region is, and what each lever of the preparation is worth."""
