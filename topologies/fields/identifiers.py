"""Identifiers: FINESS numbers, department codes, and slugs for what the project names itself."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from topologies.region import ServiceKind

OVERSEAS = "97"
"""What the codes of overseas departments begin with; three characters name these."""
MAYOTTE = "976"

FICTITIOUS = "X"
"""What the codes of departments and communes begin with that do not exist: of regions synthesised or anonymised."""
FICTITIOUS_FINESS = "00"
"""What the numbers of establishments that do not exist begin with; no department has this code."""


def department_of_commune(code: str) -> str:
    """The department of a commune, by its INSEE code.

    >>> department_of_commune("2A004"), department_of_commune("97411"), department_of_commune("X0001004")
    ('2A', '974', 'X0001')
    """
    if code.startswith(FICTITIOUS):
        return code[:5]
    return code[:3] if code.startswith(OVERSEAS) else code[:2]


def has_check_digit(finess: str) -> bool:
    """The last digit of a FINESS number agrees with the others, by Luhn's formula, where Corsica's letters are 1 and 2.

    So it is of all 3,154 hospitals of the built-in data.

    >>> has_check_digit("750100125"), has_check_digit("750100152"), has_check_digit("2A0000014")
    (True, False, True)
    """
    digits = [int({"A": "1", "B": "2"}.get(sign, sign)) for sign in reversed(finess)]
    doubled = (digit * 2 if at % 2 else digit for at, digit in enumerate(digits))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


def department_of_finess(number: str) -> str:
    """The department of an establishment, by its FINESS number; that of Mayotte begins with 98, the others with 97.

    >>> (
    ...     department_of_finess("2A0004842"),
    ...     department_of_finess("970400024"),
    ...     department_of_finess("980500011"),
    ... )
    ('2A', '974', '976')
    """
    if number.startswith(OVERSEAS):
        return OVERSEAS + number[3]
    return MAYOTTE if number.startswith("98") else number[:2]


def _as_written(value: object) -> object:
    """Digits that YAML has read as a number are text again."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


FINESS = "^([0-9]{2}|2[AB])[0-9]{7}$"
DEPARTMENT = "^(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5]|97[1-8]|98[46789]|99|X[0-9]{4})$"
"""01 to 95 with Corsica's 2A and 2B, those overseas, 99, which stands for abroad, and fictitious ones."""
INSEE = "^([0-9]{2}|2[AB]|X[0-9]{4})[0-9]{3}$"
SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
SLUG_ALONE = f"^{SLUG}$"
LONGEST_SLUG = 80
SERVICE = f"^({'|'.join(ServiceKind)}):{SLUG}$"
NODE = f"({FINESS})|({SERVICE})"
VENUE = f"^venue:{SLUG}$"

Finess = Annotated[str, BeforeValidator(_as_written), StringConstraints(pattern=FINESS)]
"""Nine characters: the department's two, then seven digits."""

Department = Annotated[str, BeforeValidator(_as_written), StringConstraints(pattern=DEPARTMENT)]

Insee = Annotated[str, BeforeValidator(_as_written), StringConstraints(pattern=INSEE)]
"""A commune: the department's two or three characters, then three or two digits."""

Slug = Annotated[str, StringConstraints(pattern=SLUG_ALONE, max_length=LONGEST_SLUG)]
"""Small letters without accents, digits and single hyphens."""

ServiceId = Annotated[str, StringConstraints(pattern=SERVICE)]
"""Its kind, a colon and a slug, such as `host:a` or `samu:75`."""

NodeId = Annotated[
    str,
    BeforeValidator(_as_written),
    StringConstraints(pattern=NODE),
]
"""An establishment or a shared service: what an attack can enter."""

VenueId = Annotated[str, StringConstraints(pattern=VENUE)]
