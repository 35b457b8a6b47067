"""Shared folders: where a control room stores results, and the folders whose files its form offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from topologies.errors import InputError, Message


class NoFolder(InputError):
    """A folder that the operator shares does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFolders:
    """What the operator of a control room lets others use."""

    store: Path
    """Stores named in the form are this folder, or lie in it."""
    inputs: tuple[Path, ...] = ()
    """Regions, scenarios, postures and events named in the form lie in these, or are built in."""

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Self:
        """The folders that `arguments` has written.

        >>> SharedFolders.of(SharedFolders(store=Path("store"), inputs=(Path("mine"),)).arguments()).inputs[
        ...     0
        ... ].name
        'mine'
        """
        store, *inputs = map(Path, arguments)
        return cls(store=store, inputs=tuple(inputs))

    def arguments(self) -> list[str]:
        """The folders as arguments of a subprocess."""
        return [str(self.store), *map(str, self.inputs)]

    def check(self) -> None:
        """All folders of inputs exist."""
        for folder in self.inputs:
            if not folder.is_dir():
                raise NoFolder(
                    Message("{folder} is not a folder; name one that holds files", {"folder": folder})
                )

    def files(self) -> list[str]:
        """The scenarios, postures and events in the folders, as the form names them."""
        return self._names("*.yaml")

    def regions(self) -> list[str]:
        """The regions in the folders, as the form names them."""
        return [str(Path(name).parent) for name in self._names("region.yaml")]

    def input_at(self, asked: str | Path) -> Path | None:
        """The path of a file or folder that lies in one of the folders with everything in it; `None` if it does not."""
        for folder in self.inputs:
            path = _below(folder, asked, strict=True)
            if path and all(_below(folder, inner, strict=True) for inner in path.rglob("*")):
                return path
        return None

    def store_at(self, asked: str) -> Path | None:
        """The path of a store that is the shared one or lies in it, existing or not; `None` if it does not."""
        return _below(self.store, asked, strict=False)

    def _names(self, pattern: str) -> list[str]:
        return sorted(
            str(file.relative_to(folder)) for folder in self.inputs for file in folder.rglob(pattern)
        )


def _below(folder: Path, asked: str | Path, *, strict: bool) -> Path | None:
    """The path with links and dots resolved, if it is the folder or lies in it; strict: and exists."""
    try:
        path = (folder / asked).resolve(strict=strict)
    except (OSError, RuntimeError, ValueError):  # not there, a circle of links, characters that no path has
        return None
    return path if path.is_relative_to(folder.resolve()) else None
