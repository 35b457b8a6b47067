"""Remedies: how a field of each kind is written."""

from topologies.errors import Message

NUMBER = Message("write a number, such as 3.5, with a point before the decimals")
WHOLE = Message("write a whole number, such as 3")
TEXT = Message("put it between quotes")
DAY = Message("write a day as 2024-07-26")
DAY_OF_YEAR = Message("write month and day as 12-20, for 20 December")
INSTANT = Message("write an instant as 2024-07-26T20:00:00+02:00")
YES_NO = Message("write yes or no")
LIST = Message("write a list: one line an item, each behind a hyphen")
FIELDS = Message("write its fields below it, one a line, each a name, a colon and a value")
