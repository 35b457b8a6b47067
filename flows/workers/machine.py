"""The machine: how many cores and how much memory this process may use.

Often fewer than there are: a process can be bound to some cores, and containers and batch systems impose limits through
control groups (cgroups, v1 and v2). The limit of a group holds for all groups inside it.
"""

import os
import resource
from collections.abc import Iterator
from math import ceil
from pathlib import Path

RESERVED_BYTES = 2 * 2**30
"""Address space that a process of a run may reserve, most of it never filled: 2 GB suffice, 1.2 GB do not."""
V2 = ""
"""The controllers field of cgroups v2 in /proc/self/cgroup."""


def cores(root: Path = Path("/")) -> int:
    """Cores that this process may keep busy, at least one; a share of a core counts as one."""
    quotas = [ceil(quota) for quota in _cpu_quotas(root)]
    return max(1, min([_cores_of_this_process(), *quotas]))


def memory(root: Path = Path("/")) -> int:
    """Bytes of memory that this process and its subprocesses may fill together."""
    here = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([here, *_memory_limits(root), address_space() or here])


def address_space() -> int | None:
    """Bytes of address space that each process may reserve (`ulimit -v`); `None` without a limit."""
    allowed, _most = resource.getrlimit(resource.RLIMIT_AS)
    return None if allowed == resource.RLIM_INFINITY else allowed


def _cores_of_this_process() -> int:
    """The cores that it is bound to; from Python 3.13 on, PYTHON_CPU_COUNT can lower the number."""
    if hasattr(os, "process_cpu_count"):
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cpu_quotas(root: Path) -> Iterator[float]:
    """The cores that each group allows, as fractions."""
    for folder in _groups(root, "cpu"):
        said = _read(folder / "cpu.max").split() or [
            _read(folder / "cpu.cfs_quota_us"),
            _read(folder / "cpu.cfs_period_us"),
        ]
        if len(said) == len(("quota", "period")) and all(part.isdecimal() for part in said):
            quota, period = map(int, said)
            if quota and period:
                yield quota / period


def _memory_limits(root: Path) -> Iterator[int]:
    for folder in _groups(root, "memory"):
        said = _read(folder / "memory.max") or _read(folder / "memory.limit_in_bytes")
        if said.isdecimal():
            yield int(said)


def _groups(root: Path, controller: str) -> Iterator[Path]:
    """The folders of the groups of this process, from the innermost to the outermost.

    In a container, the path may be that of the host, of which only the root is visible inside.
    """
    for line in _read(root / "proc/self/cgroup").splitlines():
        _number, controllers, path = line.split(":", 2)
        if controllers != V2 and controller not in controllers.split(","):
            continue
        top = root / "sys/fs/cgroup" / controllers
        innermost = top / path.lstrip("/")
        yield innermost
        yield from (folder for folder in innermost.parents if folder.is_relative_to(top))


def _read(file: Path) -> str:
    """The content of a kernel file; empty where there is none."""
    try:
        return file.read_text("ascii").strip()
    except OSError:
        return ""
