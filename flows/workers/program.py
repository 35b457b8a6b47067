"""The program: what must be the same on every machine that computes a campaign, for the same bytes."""

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from flows.packages import ROOT
from simulation.inputs.campaign import MODEL_VERSION

ROOMS = ("flows", "results", "simulation", "topologies")
PACKAGES = ("numba", "numpy", "pyarrow", "simpy")
"""Those on which the numbers, or their bytes, depend."""


@cache
def program() -> dict[str, str]:
    """What this process is, part by part: Python, the packages that matter, the model, and our sources by a digest."""
    sources = sorted(
        file for room in ROOMS for kind in ("*.py", "*.yaml") for file in (ROOT / room).rglob(kind)
    )
    digest = sha256()
    for file in sources:
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{package: version(package) for package in PACKAGES},
        "model": MODEL_VERSION,
        "Tocsin": digest.hexdigest()[:12],
    }
