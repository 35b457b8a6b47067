"""Categories of FINESS: which are hospitals of ours, and why the others are left out.

The table is `categories.yaml`, after the nomenclature TRE_R66 (Catégorie d'établissement) of the Agence du numérique en
santé. A hospital of category 697, which tells nothing of its owner, is a general hospital where its status is public.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from topologies.errors import Message
from topologies.fields.quantity import Input
from topologies.fields.scalars import Name
from topologies.reading.documents import read_yaml
from topologies.region import Category


class Reason(StrEnum):
    """Why a category is left out."""

    OUTPATIENT = "outpatient"
    AT_HOME = "at_home"
    DIALYSIS = "dialysis"
    LONG_STAY = "long_stay"
    PRISON = "prison"
    LEGAL_ENTITY = "legal_entity"
    UNCLEAR = "unclear"
    NO_HOSPITAL = "no_hospital"
    CLOSED = "closed"


REASONS: Mapping[Reason, Message] = {
    Reason.OUTPATIENT: Message("consultations, day care or flats, without a hospital's wards"),
    Reason.AT_HOME: Message("care at home, without wards"),
    Reason.DIALYSIS: Message("dialysis outside a hospital; that of hospitals is part of them"),
    Reason.LONG_STAY: Message("long stay, no acute care"),
    Reason.PRISON: Message("in prison; nobody else is cared for there"),
    Reason.LEGAL_ENTITY: Message("a group or a holder of authorisations, not a place of care"),
    Reason.UNCLEAR: Message("a category that holds all sorts; add by hand those that are hospitals"),
    Reason.NO_HOSPITAL: Message("no hospital by its category"),
    Reason.CLOSED: Message("closed"),
}


class Kind(Input):
    """What a category of FINESS is: one of ours, or left out for a reason."""

    title: Name
    category: Category | None = Field(default=None, alias="is")
    left_out: Reason | None = None

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if (self.category is None) == (self.left_out is None):
            raise ValueError(Message("says neither or both of is and left_out"), Message("keep one"))
        return self


Code = Annotated[str, StringConstraints(pattern="^[0-9]{3}$")]


class _Table(Input):
    categories: dict[Code, Kind]


@cache
def kinds() -> Mapping[str, Kind]:
    """The categories that the program knows, by their code."""
    return read_yaml(Path(__file__).with_name("categories.yaml"), _Table).categories


def category_of(code: str, *, public: bool) -> Category | None:
    """What an establishment of this category is here; `None` where it is left out."""
    kind = kinds().get(code)
    if kind is None or kind.category is None:
        return None
    return Category.GENERAL if code == "697" and public else kind.category


def reason_for(code: str) -> Reason:
    """Why a category is left out."""
    kind = kinds().get(code)
    return kind.left_out if kind and kind.left_out else Reason.NO_HOSPITAL
