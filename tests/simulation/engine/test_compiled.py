"""Compiled code is kept under a digest of all that is compiled into it."""

from pathlib import Path

import pytest

from simulation.engine.caches import code_folder


def test_a_changed_function_or_constant_is_compiled_anew_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_folder, "HERE", tmp_path)
    imports = "from simulation.engine.compiled import compiled\nfrom simulation.care.codes import Exit\n"
    loop, codes, other = tmp_path / "loop.py", tmp_path / "care" / "codes.py", tmp_path / "other.py"
    codes.parent.mkdir()
    digests = []
    for file, text in (
        (loop, imports),
        (codes, "UNMET = -3"),
        (codes, "UNMET = -4"),
        (loop, imports + "# another"),
        (other, "UNMET = -3"),
    ):
        file.write_text(text)
        digests.append(code_folder._digest())
    assert len(set(digests[:4])) == 4
    assert digests[4] == digests[3]
