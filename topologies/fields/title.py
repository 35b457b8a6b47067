"""Titles: texts on screen, in the two languages of the program."""

from topologies.fields.quantity import Input
from topologies.fields.scalars import Text


class Title(Input):
    """A text on screen, in French and in English."""

    fr: Text
    en: Text
