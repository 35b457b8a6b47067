import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SLOW = {
    "prefect",
    "pandas",
    "pyarrow",
    "networkx",
    "pyproj",
    # numba looks for the version of scipy, whose bare package costs some milliseconds; its parts cost seconds.
    *(
        f"scipy.{part}"
        for part in ("stats", "optimize", "sparse", "linalg", "special", "spatial", "integrate")
    ),
}


def test_the_simulation_is_imported_without_what_is_slow_to_import() -> None:
    code = f"import sys, simulation; sys.exit(', '.join(sorted({SLOW} & sys.modules.keys())) or 0)"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_our_own_code_imports_no_scipy() -> None:
    named = [
        file.name
        for room in ("simulation", "topologies")
        for file in sorted((ROOT / room).rglob("*.py"))
        if any(line.startswith(("import scipy", "from scipy")) for line in file.read_text().splitlines())
    ]
    assert named == []
