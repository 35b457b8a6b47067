"""Finding: the folder of a region, by the name of a built-in one or by its path."""

from pathlib import Path

from topologies.errors import Finding, Message, UnknownName, nearest_names
from topologies.fields.shown import shortened
from topologies.reading.files import refusal

REGIONS = Path(__file__).parents[2] / "regions"


def names() -> list[str]:
    """The names of the built-in regions, in order."""
    return sorted(path.parent.name for path in REGIONS.glob("*/region.yaml"))


def folder_of(name_or_path: str | Path, beside: Path = Path()) -> Path:
    """The folder of a built-in region, or the one of this path, from the folder beside it.

    A text that is not the name of a built-in region is a path if it has a separator or names a folder.
    """
    if isinstance(name_or_path, str):
        if name_or_path in names():
            return REGIONS / name_or_path
        if not ({"/", "\\"} & set(name_or_path) or _is_folder(beside / name_or_path)):
            raise UnknownName(
                Message(
                    "there is no region named {name}: try {nearest}, or the path of a folder",
                    {"name": shortened(name_or_path), "nearest": nearest_names(name_or_path, names())},
                )
            )
    folder = beside / name_or_path
    if _is_folder(folder):
        return folder
    finding = Finding(
        where=str(folder),
        problem=Message("is not a folder"),
        remedy=Message("name a folder that holds establishments.csv"),
    )
    raise refusal(folder, [finding])


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for a file
        return False
