"""FINESS at full size: our importer beside pandas and json, which hold the whole file, each in a process of its own.

The stock file has 100,000 establishments; that of FINESS+ as many, with the events that make it large. Seconds are
those of the processor, memory is the highest that each process reached. Promised: 100,000 rows in less than 20 s and
500 MB.

    python -m benchmarks.importing [--json]
"""

import json
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from benchmarks.table import tell
from tests.topologies.importing.files.plus_files import Entity, Place
from tests.topologies.importing.files.stock_files import FIRST, Row
from topologies.importing.finess.importer import import_finess
from topologies.importing.wanted import Wanted
from topologies.reading.large.streams import unwatched
from topologies.writing.folder import written

ESTABLISHMENTS = 100_000
PROMISED_S, PROMISED_MB = 20.0, 500.0
CATEGORIES = ("101", "355", "365", *["500"] * 5, *["620"] * 10, "109", "292")
EVENT = {"evenementId": "1", "dateEnregistrement": "2020-01-02T10:00:00Z", "dateEvenement": "2020-01-01"}
EVENT |= {
    "identifiantObjet1": "123456",
    "systemeMaitre": "FINESS",
    "typeObjet1": "EGE",
    "codeEvenement": "001",
}


def write_stock(file: Path) -> None:
    """A stock file, in ISO-8859-1 as those of before."""
    rows = [
        Row(
            finess=f"35{n:07d}",
            long=f"ÉTABLISSEMENT {n}",
            short=f"ETABLISSEMENT {n}",
            category=code,
            title=code,
        )
        for n in range(ESTABLISHMENTS)
        for code in [CATEGORIES[n % len(CATEGORIES)]]
    ]
    lines = [FIRST, *(row.structure() for row in rows), *(row.place() for row in rows)]
    file.write_text("\n".join(lines), "latin-1")


def write_plus(file: Path) -> None:
    """A file of structures of FINESS+, an entity a line."""
    one = Place(name="ÉTABLISSEMENT")
    with file.open("w", encoding="utf-8") as text:
        text.write('{"generatedAt": "2026-09-11T02:06:22Z", "gco": [], "gcc": [], "pmej": [')
        for n in range(ESTABLISHMENTS):
            place = replace(one, finess=f"35{n:07d}", category=CATEGORIES[n % len(CATEGORIES)])
            entity = Entity(number=str(n), places=(place,)).structure()
            entity["ege"][0]["evenement"] = entity["evenement"] = [EVENT] * 3
            text.write((",\n" if n else "\n") + json.dumps(entity, ensure_ascii=False, indent=1))
        text.write("]}")


def ours(file: Path) -> None:
    """The file becomes a region's folder."""
    made = import_finess([file], Wanted(name="all", title="All"), unwatched)
    written(made.files, file.with_suffix(".region"), replace=True)


def pandas_alone(file: Path) -> None:
    """The file is read, and nothing more."""
    import pandas

    pandas.read_csv(file, sep=";", header=None, names=range(32), skiprows=1, dtype=str, encoding="latin-1")


def json_alone(file: Path) -> None:
    """The file is read, and nothing more."""
    json.loads(file.read_text("utf-8"))


def measured(work: Callable[[Path], None], file: Path) -> tuple[float, float]:
    """Seconds of the processor and megabytes of a piece of work, in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_measured_here, work, file).result()


def _measured_here(work: Callable[[Path], None], file: Path) -> tuple[float, float]:
    begun = time.process_time()
    work(file)
    return time.process_time() - begun, _most_memory_mb()


def _most_memory_mb() -> float:
    """Of this process alone: what the system counts for its user includes that of the parent."""
    status = Path("/proc/self/status").read_text("utf-8")
    return float(status.partition("VmHWM:")[2].split()[0]) / 1_000


def main() -> None:
    """The comparison is told."""
    seconds: dict[str, float] = {}
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, write, alone in (("stock", write_stock, pandas_alone), ("FINESS+", write_plus, json_alone)):
            file = Path(folder) / name
            write(file)
            took, memory = measured(ours, file)
            other_took, other_memory = measured(alone, file)
            seconds |= {f"{name}: ours": took, f"{name}: {alone.__name__}": other_took}
            ratios |= {
                f"{name}: seconds promised / taken": PROMISED_S / took,
                f"{name}: MB promised / taken": PROMISED_MB / memory,
                f"{name}: memory of {alone.__name__} / ours": other_memory / memory,
            }
    tell(f"{ESTABLISHMENTS} establishments of FINESS into a region's folder", seconds, ratios)


if __name__ == "__main__":
    main()
