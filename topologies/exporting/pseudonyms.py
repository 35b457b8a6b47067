"""Pseudonyms: names and numbers that stand for others, always the same under one secret, and of no use without it.

Each is a keyed hash (BLAKE2b) of what it stands for. The key is drawn from the secret by scrypt, which is slow on
purpose: whoever tries all likely secrets against the public list of hospitals has to pay for each.
"""

from collections.abc import Iterable
from hashlib import blake2b, scrypt

from topologies.errors import InputError, Message

SHORTEST_SECRET = 12
"""Characters; shorter ones can be tried one by one."""
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Those that are not taken for one another."""
CODE = 6
"""Letters of a code."""
SALT = b"tocsin topology export --anonymise"


class WeakSecret(InputError):
    """The secret can be guessed."""


class Pseudonyms:
    """What stands for what, under one secret."""

    def __init__(self, secret: str) -> None:
        if len(secret) < SHORTEST_SECRET:
            told = Message("the secret is too short to be one: write at least {least} characters")
            raise WeakSecret(told.filled({"least": SHORTEST_SECRET}))
        self._key = scrypt(secret.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32)

    def code(self, kind: str, real: str) -> str:
        """Six letters and digits."""
        number = self._number(kind, real)
        return "".join(LETTERS[number >> 5 * place & 31] for place in range(CODE))

    def uniform(self, kind: str, real: str) -> float:
        """A number in [0, 1)."""
        return self._number(kind, real) / 2**64

    def numbers(self, kind: str, reals: Iterable[str], below: int) -> dict[str, int]:
        """A number for each, from 0; where two would have the same, the second has the next that is free."""
        taken: set[int] = set()
        found = {}
        for real in sorted(reals):
            number = self._number(kind, real) % below
            while number in taken:
                number = (number + 1) % below
            taken.add(number)
            found[real] = number
        return found

    def _number(self, kind: str, real: str) -> int:
        digest = blake2b(f"{kind}:{real}".encode(), key=self._key, digest_size=8).digest()
        return int.from_bytes(digest, "big")
