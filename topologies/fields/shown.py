"""Values in messages: what a document holds, as its author will recognise it."""

from topologies.errors import Message

WIDEST = 60
LONGEST_BITS = 10_000


def shown(value: object) -> str | Message:
    """A value as its author will recognise it, cut short where it is long."""
    if value is None:
        return Message("nothing")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value.bit_length() > LONGEST_BITS:
        return shortened(hex(value))  # Python writes no number of more than some thousand digits
    return shortened(f"'{value}'" if isinstance(value, str) else str(value))


def shortened(text: str) -> str:
    """A text on one line, cut where it is long; characters that do not show are spelled."""
    short = text if len(text) <= WIDEST else text[: WIDEST - 3] + "..."
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in short
    )
