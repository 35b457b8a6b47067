"""Dependence: the services and links that forms declare, and those derived links that stay beside them.

A link that is written replaces all derived links of its kind into its target. So where an establishment answers for its
hosts, or for one of the two sorts of vendors, the derived links of the same kind that the answer is not about are
written again, as derived. Two establishments that name a service the same way, but for accents, case and signs, share
it. Who depends on nobody gets a service of its own, which nobody else uses, where no other link of the kind is left:
so the derived one goes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from topologies.building.links import PROTECTION, slug
from topologies.building.records import LinkRow, ServiceRow
from topologies.fields.identifiers import LONGEST_SLUG
from topologies.importing.forms.declaration import Declaration
from topologies.importing.forms.questions import questions
from topologies.region import Basis, Link, LinkKind, Region, ServiceKind

BOTH_WAYS = frozenset({LinkKind.DIRECTORY, LinkKind.EXCHANGE})
"""Kinds that lead to the service and back."""
OF_PROTECTION, OF_SAMU = "protection_vendors", "samu_vendors"
"""Questions about vendors that are no vendors of patient records."""
OWN = "interne"
"""What is called so is an establishment's own."""

Ends = tuple[str, str, LinkKind]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that was answered with the names of services, or with none."""

    code: str
    service: ServiceKind
    link: LinkKind
    names: tuple[str, ...]

    @property
    def named(self) -> dict[str, str]:
        """The services by their identifiers."""
        return {f"{self.service}:{slug(name)[:LONGEST_SLUG].strip('-')}": name for name in self.names}

    def is_about(self, source: str) -> bool:
        """The answer replaces derived links from there."""
        if self.code == OF_PROTECTION:
            return source == PROTECTION.id
        return source.startswith(f"{self.service}:") and source != PROTECTION.id and self.code != OF_SAMU


@dataclass(slots=True)
class Dependence:
    """Rows of services.csv and links.csv, as declarations are added to them."""

    region: Region
    links: dict[Ends, LinkRow] = field(default_factory=dict)
    contradicted: list[Link] = field(default_factory=list)
    """Links that the region declares itself, of which a form says otherwise."""
    _spelled: dict[str, Counter[str]] = field(default_factory=dict)
    _into: Mapping[str, Sequence[Link]] = field(init=False)
    _known: frozenset[Ends] = field(init=False)

    def __post_init__(self) -> None:
        into: dict[str, list[Link]] = {}
        for link in self.region.links:
            into.setdefault(link.target, []).append(link)
        self._into = into
        self._known = frozenset((link.source, link.target, link.kind) for link in self.region.links)

    @property
    def services(self) -> list[ServiceRow]:
        """Those that are named, each as most spell it."""
        return [
            ServiceRow(
                id=service,
                name=min(names, key=lambda name: (-names[name], name)),
                kind=ServiceKind(service.partition(":")[0]),
                basis=Basis.DECLARED,
            )
            for service, names in sorted(self._spelled.items())
        ]

    def users_of(self, service: str) -> int:
        """How many establishments name it."""
        return self._spelled[service].total()

    def add(self, declared: Declaration) -> None:
        """The services that an establishment names, and its links."""
        by_kind: dict[LinkKind, list[_Asked]] = {}
        for asked in _asked(declared):
            by_kind.setdefault(asked.link, []).append(asked)
        for kind, answers in by_kind.items():
            self._add(declared.finess, kind, answers)

    def _add(self, finess: str, kind: LinkKind, answers: Sequence[_Asked]) -> None:
        named = {service: name for asked in answers for service, name in asked.named.items()}
        before = [link for link in self._into.get(finess, ()) if link.kind is kind]
        going = [link for link in before if any(asked.is_about(link.source) for asked in answers)]
        staying = [link for link in before if link not in going]
        self.contradicted += [
            link for link in going if link.basis is Basis.DECLARED and link.source not in named
        ]
        if not named and not staying:
            own = f"{answers[0].service}:{OWN}-{finess.lower()}"
            named = {own: f"{self.region.establishments[finess].name} ({OWN})"}
        for service, name in named.items():
            self._spelled.setdefault(service, Counter())[name] += 1
            self._write(service, finess, kind, Basis.DECLARED)
            if kind in BOTH_WAYS:
                self._write(finess, service, kind, Basis.DECLARED)
        for link in staying:
            self._write(link.source, finess, kind, link.basis)
            if ":" in link.source and (finess, link.source, kind) in self._known:
                self._write(finess, link.source, kind, link.basis)

    def _write(self, source: str, target: str, kind: LinkKind, basis: Basis) -> None:
        row = LinkRow(source=source, target=target, kind=kind, basis=basis)
        self.links.setdefault((source, target, kind), row)


def _asked(declared: Declaration) -> Iterator[_Asked]:
    for code, names in declared.services.items():
        question = questions()[code]
        if question.service and question.link:
            yield _Asked(code, question.service, question.link, names)


def alike(services: Iterable[ServiceRow]) -> Iterator[tuple[str, str]]:
    """Names of one kind of service that differ by little more than an ending: one may be a slip of the other."""
    ordered = sorted(services, key=lambda row: row.id)
    for one, other in pairwise(ordered):
        if other.id.startswith(f"{one.id}-") and OWN not in one.id:
            yield one.name, other.name
