"""How is a thing called on screen? In the two languages of the program."""

from pydantic import Field

from topologies.quantity import Input


class Title(Input):
    """A text on screen, in French and in English."""

    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)
