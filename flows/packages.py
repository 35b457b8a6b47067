"""Our packages, found before others of the same name: many a folder holds a `results.py`."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("backtest", "results", "simulation", "topologies")


def come_first() -> None:
    """This process imports our packages, whatever is in the current folder or in PYTHONPATH."""
    if not all(map(_is_ours, OURS)):
        sys.path.insert(0, str(ROOT))


def found_by_subprocesses() -> dict[str, str]:
    """The environment in which a program of ours that is started with `python -m` finds them too."""
    return {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(_path())}


def _path() -> list[str]:
    """PYTHONPATH, behind our own folder where Python would not look there or would look elsewhere first."""
    path = [folder for folder in os.environ.get("PYTHONPATH", "").split(os.pathsep) if folder]
    installed = ROOT.name in {"site-packages", "dist-packages"}
    return path if installed and not path else [str(ROOT), *path]


def _is_ours(name: str) -> bool:
    spec = find_spec(name)
    return spec is not None and spec.origin is not None and Path(spec.origin).is_relative_to(ROOT)
