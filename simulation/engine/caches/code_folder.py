"""The folder of machine code, kept from one run to the next.

numba keeps what it has compiled by the file of the function alone. Here a compiled function calls those of other files,
so that the folder of what is kept bears the digest of all: what is changed anywhere is compiled again.
"""

import re
import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from simulation.engine.caches import own_folders

HERE = Path(__file__).parents[2]
IMPORTED = b"simulation.engine.compiled"
"""What the files of compiled functions hold."""
IMPORTS = re.compile(rb"^from simulation\.([\w.]+) import", re.MULTILINE)
"""Modules whose constants are compiled with the functions that use them."""


def _digest() -> str:
    """The state of all sources that are compiled, and of those that hold their constants."""
    sources = {file: file.read_bytes() for file in sorted(HERE.rglob("*.py"))}
    kept = {file for file, source in sources.items() if IMPORTED in source}
    modules = {module.decode() for file in kept for module in IMPORTS.findall(sources[file])}
    kept |= {HERE.joinpath(*module.split(".")).with_suffix(".py") for module in modules}
    return sha256(b"".join(source for file, source in sources.items() if file in kept)).hexdigest()[:12]


def _folder() -> Path | None:
    """Beside the sources where these can be written, else where the person's caches are, else in the temporary folder.

    None on a machine where nothing at all can be written.
    """
    installed, name = HERE / "__pycache__", f"compiled-{_digest()}"
    if own_folders.can_hold(installed / name):
        return installed / name
    at = own_folders.home()
    usual = own_folders.named_by("XDG_CACHE_HOME") or (at / ".cache" if at else None)
    try:
        place = usual / "tocsin" if usual and own_folders.can_hold(usual / "tocsin") else None
        folder = (place or own_folders.temporary_folder()) / name
        if (installed / name).is_dir() and not folder.exists():
            _copy(installed / name, folder)
    except OSError:
        return None
    return folder


def _copy(compiled_before: Path, folder: Path) -> None:
    """What was compiled when the program was installed serves who cannot write there: numba wants to."""
    folder.parent.mkdir(mode=own_folders.PRIVATE, parents=True, exist_ok=True)
    aside = Path(mkdtemp(dir=folder.parent))
    shutil.copytree(compiled_before, aside, dirs_exist_ok=True)
    aside.rename(folder)


FOLDER = _folder()
"""Where machine code is kept for the next run."""


def is_kept() -> bool:
    """Something was compiled before, so that nobody waits for it now."""
    return FOLDER is not None and any(FOLDER.glob("*/*.nbi"))
