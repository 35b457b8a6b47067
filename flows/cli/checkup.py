"""The checkup: what this machine offers, and what would prevent a run.

One function per question. It starts nothing, and changes nothing but folders of ours that are not there yet.
"""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match
from shutil import disk_usage
from tempfile import TemporaryFile

from flows.cli.configuration import configuration_file
from flows.server import address, database, external_server, isolation, prefect_folder
from flows.workers import machine
from results.presentation.language import _, error_in_words, later
from results.presentation.numbers import number
from topologies.errors import TocsinError

OLDEST_PYTHON, FIRST_UNTRIED_PYTHON = (3, 11), (3, 15)
DEFAULT_PORT = 4200
MIB, GIB = 2**20, 2**30
MEMORY_OF_A_RUN = 800 * MIB
"""The command, Prefect's server and one worker, as measured."""
STORE_OF_A_CAMPAIGN = 300 * MIB
"""Two hundred replications, and what sealing needs in addition."""


class Mark(StrEnum):
    """The outcome of a line of the checkup."""

    GOOD = "good"
    CARE = "care"
    """A run works, but something is slower or not as expected."""
    BAD = "bad"
    """A run would fail."""


@dataclass(frozen=True, slots=True)
class Line:
    """The answer to one question, in the language spoken."""

    name: str
    """The name of the question, the same in every language."""
    subject: str
    mark: Mark
    said: str
    remedy: str = ""


Answer = tuple[Mark, str, str]
"""The outcome, what there is, and what to do if that is not good."""


def checkup() -> Iterator[Line]:
    """Every question with its answer, in order."""
    for subject, question in QUESTIONS.items():
        try:
            mark, said, remedy = question()
        except TocsinError as error:
            mark, said, remedy = Mark.BAD, error_in_words(error), ""
        except OSError as error:
            mark, said, remedy = Mark.BAD, str(error), ""
        yield Line(question.__name__, _(subject), mark, said, remedy)


def python() -> Answer:
    """Which Python runs this?"""
    said = f"{sys.version.split()[0]} ({sys.executable})"
    if OLDEST_PYTHON <= sys.version_info[:2] < FIRST_UNTRIED_PYTHON:
        return Mark.GOOD, said, ""
    return Mark.CARE, said, _("Tocsin is tested with Python 3.11 to 3.14")


def packages() -> Answer:
    """Are all the packages that we need installed?"""
    try:
        needed = [each for each in requires("tocsin") or () if "extra ==" not in each]
    except PackageNotFoundError:
        return Mark.CARE, _("run from its sources, not installed"), "make run"
    names = [found[0] for each in needed if (found := match(r"[\w.-]+", each))]
    missing = [name for name in names if not _is_installed(name)]
    if missing:
        return Mark.BAD, _("missing: {names}").format(names=", ".join(missing)), _("install Tocsin again")
    shown = ("tocsin", "prefect", "numba", "pyarrow")
    return Mark.GOOD, ", ".join(f"{name} {version(name)}" for name in shown), ""


def _is_installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def compiled_code() -> Answer:
    """Is the patient flow compiled already?"""
    from simulation.engine.caches import code_folder

    if code_folder.FOLDER is None:
        return Mark.CARE, _("nothing can be written: each run compiles for half a minute"), "XDG_CACHE_HOME"
    if not code_folder.is_kept():
        return (
            Mark.CARE,
            _("not compiled yet, half a minute, once"),
            "python -m flows.execution.compile_ahead",
        )
    return Mark.GOOD, str(code_folder.FOLDER), ""


def state() -> Answer:
    """Where is what outlives a run kept?"""
    folder = isolation.prefect_folder()
    if isolation.is_temporary():
        said = _("no home that can be written; in {folder}, which the machine may empty").format(
            folder=folder
        )
        return Mark.CARE, said, _("set HOME or XDG_STATE_HOME to a folder that you can write")
    return Mark.GOOD, str(folder), ""


def configuration() -> Answer:
    """Which configuration file is in force, and what prevails over it?"""
    found = configuration_file.read()
    if found.file is None:
        place = configuration_file.place()
        return Mark.GOOD, _("none ({file} would be read)").format(file=place) if place else _("none"), ""
    said = [f"{key} = {value}" for key, value in found.values.items()]
    over = [
        f"{name}={os.environ[name]}"
        for name, value in found.environment().items()
        if os.environ.get(name, value) != value
    ]
    told = f"{found.file}: {', '.join(said)}"
    return (
        Mark.GOOD,
        _("{said}; the environment prevails: {names}").format(said=told, names=", ".join(over))
        if over
        else told,
        "",
    )


def proxies() -> Answer:
    """Which proxies are set, and are they bypassed for this machine?"""
    names = isolation.proxies()
    if not names:
        return Mark.GOOD, _("none"), ""
    return Mark.GOOD, _("{names}; not used for this machine").format(names=", ".join(names)), ""


def prefect() -> Answer:
    """Can Prefect record runs?"""
    isolation.apply_settings()
    if url := isolation.external_server_url():
        external_server.check(url)
        return Mark.GOOD, _("your own server, {url}").format(url=external_server.without_password(url)), ""
    folder = prefect_folder.prepare()
    database.check(folder)
    if isolation.DATABASE in os.environ:
        return Mark.GOOD, _("the database that {name} names").format(name=database.database_setting()), ""
    file = folder / "prefect.db"
    if not file.exists():
        return Mark.GOOD, _("{folder}, made at the first run").format(folder=folder), ""
    size = number(file.stat().st_size / MIB, 1)
    return (
        Mark.GOOD,
        _("{file} ({size} MB), whole and of Prefect {version}").format(
            file=file, size=size, version=version("prefect")
        ),
        "",
    )


def settings() -> Answer:
    """Which of Prefect's settings does the environment hold?"""
    heeded, ignored = ", ".join(sorted(isolation.honoured)), ", ".join(sorted(isolation.ignored))
    if ignored:
        said = _("ignored: {names}").format(names=ignored)
        return Mark.CARE, said, _("docs/operating.md lists those that are heeded; others can be unset")
    return Mark.GOOD, _("heeded: {names}").format(names=heeded) if heeded else _("none"), ""


def loopback() -> Answer:
    """Can this machine reach itself?"""
    address.listen(address.LOCAL, 0).close()
    return Mark.GOOD, address.LOCAL, ""


def port() -> Answer:
    """Is the port of the control room free?"""
    with socket.socket() as client:
        if client.connect_ex((address.LOCAL, DEFAULT_PORT)):
            return Mark.GOOD, _("{port} is free").format(port=DEFAULT_PORT), ""
    return Mark.CARE, _("{port} is taken").format(port=DEFAULT_PORT), "tocsin serve --port 4201"


def shared_memory() -> Answer:
    """Can /dev/shm be written? Tocsin does not need it; other Python programs do."""
    place = Path("/dev/shm")
    if place.is_dir() and os.access(place, os.W_OK):
        return Mark.GOOD, _("{size} MB free").format(size=number(disk_usage(place).free // MIB)), ""
    return Mark.CARE, _("{folder} cannot be written").format(folder=place), _("Tocsin does without")


def encoding() -> Answer:
    """Can the screen show every character?"""
    said = f"{sys.stdout.encoding} ({os.environ.get('LC_ALL') or os.environ.get('LANG') or 'C'})"
    if sys.stdout.encoding.lower().replace("-", "") == "utf8":
        return Mark.GOOD, said, ""
    return Mark.CARE, said, "PYTHONUTF8=1"


def cores() -> Answer:
    """How many cores may we use?"""
    allowed, there = machine.cores(), os.cpu_count() or 1
    if allowed == there:
        return Mark.GOOD, number(there), ""
    return Mark.GOOD, _("{allowed} of {there}").format(allowed=number(allowed), there=number(there)), ""


def memory() -> Answer:
    """How much memory may we use?"""
    allowed, space = machine.memory(), machine.address_space()
    said = _("{size} GB").format(size=number(allowed / GIB, 1))
    if space and space < machine.RESERVED_BYTES:
        limit = _("{said}, by a limit on each process").format(said=said)
        return Mark.CARE, limit, "ulimit -v unlimited"
    if allowed < MEMORY_OF_A_RUN:
        return Mark.CARE, said, _("a run takes some {size} MB").format(size=number(MEMORY_OF_A_RUN / MIB))
    return Mark.GOOD, said, ""


def disk() -> Answer:
    """Is there room for results in the current folder?"""
    here = Path.cwd()
    other = _("name another folder: --store")
    try:
        with TemporaryFile(dir=here):
            free = disk_usage(here).free
    except OSError:
        return Mark.BAD, _("{folder} cannot be written").format(folder=here), other
    said = _("{size} GB free in {folder}").format(size=number(free / GIB, 1), folder=here)
    return (Mark.GOOD, said, "") if free > STORE_OF_A_CAMPAIGN else (Mark.BAD, said, other)


QUESTIONS: dict[str, Callable[[], Answer]] = {
    later("Python"): python,
    later("Packages"): packages,
    later("Compiled code"): compiled_code,
    later("State"): state,
    later("Configuration"): configuration,
    later("Prefect"): prefect,
    later("Prefect's settings"): settings,
    later("Proxies"): proxies,
    later("Loopback"): loopback,
    later("Port of serve"): port,
    later("Shared memory"): shared_memory,
    later("Encoding"): encoding,
    later("Cores"): cores,
    later("Memory"): memory,
    later("Current folder"): disk,
}
