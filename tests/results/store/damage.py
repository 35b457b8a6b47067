"""Damage that may be done to a store of two campaigns."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.results import synthetic

CAMPAIGN, OTHER = synthetic.campaign(), synthetic.campaign(seed=2)


REPLICATIONS = 8


def files_of(store: Path) -> dict[str, bytes]:
    """Every file of the store, by its path in it."""
    return {
        str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()
    }


def flip(file: Path, rng: np.random.Generator) -> bytes:
    """One bit of the file is another; returns the bytes of before."""
    before = file.read_bytes()
    bit = int(rng.integers(8 * len(before)))
    damaged = bytearray(before)
    damaged[bit // 8] ^= 1 << bit % 8
    file.write_bytes(damaged)
    return before


def of_campaign(files: list[Path]) -> list[Path]:
    """Those of the campaign that is damaged."""
    return [file for file in files if CAMPAIGN.id in str(file) and file.is_file()]


def forged(file: Path) -> None:
    """A part that is as sound as any Parquet file, with other numbers in it."""
    table = pq.read_table(file)
    name = next(name for name in table.column_names if pa.types.is_integer(table.schema.field(name).type))
    place, field = table.column_names.index(name), table.schema.field(name)
    other = pa.array([number + 7 for number in range(table.num_rows)], field.type)
    pq.write_table(table.set_column(place, field, other), file)


def swapped(file: Path) -> None:
    """The same part of another campaign."""
    other = Path(str(file).replace(CAMPAIGN.id, OTHER.id))
    kept = file.read_bytes()
    file.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def replaced_by_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def replaced_by_a_file(file: Path) -> None:
    shutil.rmtree(file.parent)
    file.parent.write_text("mine")


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated": (lambda file: file.write_bytes(file.read_bytes()[:-100]), "is damaged"),
    "empty": (lambda file: file.write_bytes(b""), "is damaged"),
    "longer": (lambda file: file.write_bytes(file.read_bytes() + b"x"), "is damaged"),
    "deleted": (Path.unlink, "is missing"),
    "folder": (replaced_by_a_folder, "cannot be read: Is a directory"),
    "pipe": (replaced_by_a_pipe, "cannot be read: Invalid argument"),
    "forged": (forged, "is damaged"),
    "swapped": (swapped, f"part 1 of replications in campaign {OTHER.id}"),
    "another part": (
        lambda file: shutil.copy(file.with_name("part-00000.parquet"), file),
        f"part 0 of replications in campaign {CAMPAIGN.id}",
    ),
    "another table": (
        lambda file: shutil.copy(str(file).replace("replications", "timeline"), file),
        f"part 1 of timeline in campaign {CAMPAIGN.id}",
    ),
    "folder a file": (replaced_by_a_file, "cannot be read: Not a directory"),
    "no folder": (lambda file: shutil.rmtree(file.parent), "is missing"),
}
