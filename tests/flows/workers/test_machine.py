import resource
from pathlib import Path

import pytest

from flows.workers import machine


def machine_with(root: Path, group: str, **limits: str) -> Path:
    """A kernel that says that we are in this group, and what its files hold, by their path below its folders."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(group)
    for name, text in limits.items():
        file = root / "sys/fs/cgroup" / name.replace("__", "/").replace("_DOT_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


@pytest.fixture(autouse=True)
def _sixteen_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_cores_of_this_process", lambda: 16)


@pytest.mark.parametrize(
    ("group", "limits", "cores"),
    [
        ("0::/\n", {"cpu_DOT_max": "max 100000\n"}, 16),
        ("0::/\n", {"cpu_DOT_max": "200000 100000\n"}, 2),
        ("0::/\n", {"cpu_DOT_max": "50000 100000\n"}, 1),
        ("0::/\n", {"cpu_DOT_max": "150000 100000\n"}, 2),
        ("0::/job/step\n", {"job__step__cpu_DOT_max": "max 100000", "job__cpu_DOT_max": "300000 100000"}, 3),
        ("0::/seen/from/the/host\n", {"cpu_DOT_max": "400000 100000"}, 4),
        (
            "4:cpu,cpuacct:/docker\n3:memory:/docker\n0::/\n",
            {
                "cpu,cpuacct__docker__cpu_DOT_cfs_quota_us": "500000\n",
                "cpu,cpuacct__docker__cpu_DOT_cfs_period_us": "100000\n",
            },
            5,
        ),
        (
            "4:cpu,cpuacct:/\n",
            {
                "cpu,cpuacct__cpu_DOT_cfs_quota_us": "-1\n",
                "cpu,cpuacct__cpu_DOT_cfs_period_us": "100000\n",
            },
            16,
        ),
        ("", {}, 16),
    ],
)
def test_no_more_cores_are_used_than_control_groups_allow(
    tmp_path: Path, group: str, limits: dict[str, str], cores: int
) -> None:
    assert machine.cores(machine_with(tmp_path, group, **limits)) == cores


@pytest.mark.parametrize(
    ("group", "limits"),
    [
        ("0::/a/b\n", {"a__b__memory_DOT_max": "max", "a__memory_DOT_max": "7000000"}),
        ("9:memory:/x\n", {"memory__x__memory_DOT_limit_in_bytes": "7000000"}),
    ],
)
def test_no_more_memory_is_used_than_control_groups_allow(
    tmp_path: Path, group: str, limits: dict[str, str]
) -> None:
    assert machine.memory(machine_with(tmp_path, group, **limits)) == 7_000_000
    assert machine.memory(tmp_path / "nowhere") > 7_000_000


def test_no_more_memory_is_used_than_each_process_may_reserve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert machine.address_space() is None
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (7_000_000, -1))
    assert machine.address_space() == machine.memory(tmp_path) == 7_000_000
