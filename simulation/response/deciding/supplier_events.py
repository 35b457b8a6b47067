"""Events of suppliers and their customers, with their fields."""

from dataclasses import dataclass
from enum import StrEnum

from simulation.engine.event_kinds import Actor, EventKind


class Teller(StrEnum):
    """Who tells the customers of a supplier."""

    SUPPLIER = "supplier"
    CERT = "cert"


@dataclass(frozen=True, slots=True)
class SupplierAlert:
    """The customers of a supplier are told that it was attacked, and to cut their links to it."""

    kind = EventKind.SUPPLIER_ALERT
    technique = kind.technique
    teller: Teller

    @property
    def actor(self) -> Actor:
        """CERT Santé acts for the whole country."""
        return Actor.NATION if self.teller is Teller.CERT else Actor.REGION

    @property
    def detail(self) -> str:
        """Who tells them: `supplier` or `cert`."""
        return str(self.teller)


@dataclass(frozen=True, slots=True)
class SupplierCut:
    """A customer cuts its link to a supplier."""

    kind = EventKind.SUPPLIER_CUT
    actor, technique = kind.actor, kind.technique
    supplier: str

    @property
    def detail(self) -> str:
        """The supplier."""
        return self.supplier


@dataclass(frozen=True, slots=True)
class SupplierBack:
    """A customer takes up its link to a supplier again."""

    kind = EventKind.SUPPLIER_BACK
    actor, technique = kind.actor, kind.technique
    supplier: str

    @property
    def detail(self) -> str:
        """The supplier."""
        return self.supplier


OF_SUPPLIERS = (SupplierAlert, SupplierCut, SupplierBack)
"""The kinds with fields."""
