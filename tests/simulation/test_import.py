import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_simulation_is_imported_without_what_is_slow_to_import() -> None:
    slow = "{'prefect', 'pandas', 'pyarrow', 'networkx', 'scipy', 'pyproj'}"
    code = f"import sys, simulation; sys.exit(', '.join({slow} & sys.modules.keys()) or 0)"
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "")
