"""Reaction: what attackers do who see that they are looked for."""

from enum import StrEnum

from topologies.fields.quantity import Input
from topologies.fields.title import Title


class Reaction(StrEnum):
    """What attackers do who see that they are looked for."""

    PASSIVE = "passive"
    """Nothing: nobody looks, or they stick to their hour."""
    HURRIES = "hurries"
    """They set off the payload at once, wherever they still can."""
    HIDES = "hides"
    """They keep still for some days, and are harder to notice."""
    STRIKES_AGAIN = "strikes_again"
    """They come back to who is on the network again without a rebuilt directory."""


class Reacts(Input):
    """How the attackers react to what they see, and why these would."""

    reaction: Reaction
    why: Title
