"""The notebooks of the documentation: executed as Jupyter would, with what they print kept in them.

`python -m tests.docs.notebooks` runs the commands of the first of them in an empty folder, as an analyst would,
executes all of them there and writes what their cells put out. That takes no kernel and no package of Jupyter's: a
cell is Python, what its last line says is shown as a notebook shows it, and figures are pictures.
"""

import ast
import base64
import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.docs.screens import COMMAND

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "analysts" / "notebooks").glob("*.ipynb"))

Cell = dict[str, Any]
Output = dict[str, Any]


def read(file: Path) -> dict[str, Any]:
    """The notebook."""
    notebook: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return notebook


def source_of(cell: Cell) -> str:
    """What is written in a cell."""
    return "".join(cell["source"])


def code_cells(notebook: dict[str, Any]) -> list[Cell]:
    """The cells that are executed, in their order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def executed(notebook: dict[str, Any], folder: Path) -> None:
    """Each cell holds what it puts out, executed in this folder after those before it."""
    import matplotlib as mpl

    mpl.use("agg")
    names: dict[str, Any] = {}
    with chdir(folder):
        for number, cell in enumerate(code_cells(notebook), start=1):
            cell["execution_count"] = number
            cell["outputs"] = [*_outputs(source_of(cell), names, number)]


def _outputs(source: str, names: dict[str, Any], number: int) -> Iterator[Output]:
    """What is printed, then what the last line says, then the figures that were drawn."""
    *before, last = ast.parse(source).body
    printed, shown = io.StringIO(), None
    with redirect_stdout(printed):
        if not isinstance(last, ast.Expr):
            before.append(last)
        exec(compile(ast.Module(before, []), f"cell {number}", "exec"), names)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), names)
    if printed.getvalue():
        yield {"name": "stdout", "output_type": "stream", "text": _lines(printed.getvalue())}
    if shown is not None:
        told = {"data": _data(shown), "execution_count": number, "metadata": {}}
        yield told | {"output_type": "execute_result"}
    yield from _figures()


def _data(shown: object) -> dict[str, list[str]]:
    """A value as text, and as a table where it is one."""
    as_html = getattr(shown, "_repr_html_", None)
    rich = {"text/html": _lines(as_html())} if as_html else {}
    return rich | {"text/plain": _lines(repr(shown))}


def _figures() -> Iterator[Output]:
    """The figures that are open, which are closed then."""
    from matplotlib import pyplot

    for figure in map(pyplot.figure, pyplot.get_fignums()):
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=72, bbox_inches="tight", metadata={"Software": None})
        encoded = base64.b64encode(picture.getvalue()).decode()
        data = {"image/png": encoded, "text/plain": ["<Figure>"]}
        yield {"data": data, "metadata": {}, "output_type": "display_data"}
    pyplot.close("all")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def written(notebook: dict[str, Any]) -> str:
    """The notebook as Jupyter saves it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _run_commands(folder: Path) -> None:
    """The store is there that the notebooks look at."""
    commands = [found for cell in read(NOTEBOOKS[0])["cells"] for found in COMMAND.findall(source_of(cell))]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(folder / "state")}
    for command in commands:
        asked = [sys.executable, "-m", "flows.cli.main", *shlex.split(command)]
        subprocess.run(asked, check=True, cwd=folder, env=environment)


def main() -> None:
    """Plays all of them again."""
    with TemporaryDirectory() as name:
        _run_commands(Path(name))
        for file in NOTEBOOKS:
            notebook = read(file)
            executed(notebook, Path(name))
            file.write_text(written(notebook), "utf-8")


if __name__ == "__main__":
    main()
