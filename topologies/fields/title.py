"""How is a thing called on screen? In the two languages of the program."""

from topologies.fields.quantity import Input
from topologies.fields.written import Text


class Title(Input):
    """A text on screen, in French and in English."""

    fr: Text
    en: Text
