"""Supervision: whose systems are watched together, and who is warned by whose misfortune.

Establishments that trust one directory are seen together (docs/decisions/crisis/0002-one-clock-a-directory.md).
"""

from dataclasses import dataclass
from typing import Self

from simulation.engine.nodes import Node, Nodes
from topologies.region import LinkKind, Region, ServiceKind, Trust

RUN_AS_ONE = frozenset({Trust.NETWORK, Trust.ENTITY})
"""Behind such a directory stands one body, with one director and one mail system."""


@dataclass(frozen=True, slots=True)
class Supervision:
    """The directory that each node trusts."""

    directory_of: tuple[str, ...]
    """By node; a node that trusts none is its own."""
    behind: dict[str, tuple[Node, ...]]
    """Who trusts each directory."""
    shared_of: tuple[Node | None, ...]
    """By node: the directory that it shares with others, which is its own; `None` where it shares none."""
    run_as_one: frozenset[str]
    """The directories behind which stands one body, with one director."""
    run_by: dict[Node, str]
    """Who runs the network of all behind a directory that they trust too, and which that is."""

    @classmethod
    def of(cls, region: Region, nodes: Nodes) -> Self:
        """The supervision of a region."""
        trusts = {
            link.target: link.source
            for link in region.links
            if link.kind is LinkKind.DIRECTORY and link.target in region.establishments
        }
        directory_of = tuple(trusts.get(name, name) for name in nodes.names)
        behind: dict[str, list[Node]] = {}
        for number, directory in enumerate(directory_of):
            behind.setdefault(directory, []).append(Node(number))
        shared = {name for name, one in region.services.items() if one.kind is ServiceKind.DIRECTORY}
        return cls(
            directory_of,
            {directory: tuple(some) for directory, some in behind.items()},
            tuple(nodes.number_of[name] if name in shared else None for name in directory_of),
            frozenset(one.id for one in region.services.values() if one.trust in RUN_AS_ONE),
            {
                nodes.number_of[one.run_by]: one.id
                for one in region.services.values()
                if one.run_by and trusts.get(one.run_by) == one.id
            },
        )

    def peers_of(self, node: Node) -> tuple[Node, ...]:
        """Those that trust the same directory, the node among them."""
        return self.behind[self.directory_of[node]]

    def is_shared(self, node: Node) -> bool:
        """It is a directory that others share."""
        return self.shared_of[node] == node

    def common_to(self, node: Node) -> Node | None:
        """The directory of the body that the node is a site of; `None` where it stands for itself."""
        return self.shared_of[node] if self.directory_of[node] in self.run_as_one else None

    def cut_with(self, node: Node) -> tuple[Node, ...]:
        """The sites whose links one decision cuts with those of the node, itself among them."""
        return self.behind[self.run_by[node]] if node in self.run_by else self.body_of(node)

    def body_of(self, node: Node) -> tuple[Node, ...]:
        """Those that are one legal entity or one network with the node, itself among them: one speaks for all."""
        return self.peers_of(node) if self.directory_of[node] in self.run_as_one else (node,)
