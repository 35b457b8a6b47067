from pathlib import Path

import pytest

from simulation.engine.caches.code_cache import SoundFiles

KEY, CODE = ("signature", "machine"), {"code": b"\x90" * 500}


def kept_in(folder: Path) -> SoundFiles:
    return SoundFiles(str(folder), "care_loop.advance-1.py311", (1.0, 2))


@pytest.mark.parametrize("pattern", ["*.nbi", "*.nbc"])
@pytest.mark.parametrize("place", [0, 10, -40, -1])
@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "gone"])
def test_compiled_code_that_was_damaged_is_compiled_again_and_written_anew(
    tmp_path: Path, pattern: str, place: int, damage: str
) -> None:
    kept_in(tmp_path).save(KEY, CODE)
    assert kept_in(tmp_path).load(KEY) == CODE
    (file,) = tmp_path.glob(pattern)
    content = bytearray(file.read_bytes())
    if damage == "flipped":
        content[place] ^= 4
    file.write_bytes(bytes(content[:place] if damage == "cut" else b"" if damage == "empty" else content))
    if damage == "gone":
        file.unlink()
    assert kept_in(tmp_path).load(KEY) is None
    kept_in(tmp_path).save(KEY, CODE)
    assert kept_in(tmp_path).load(KEY) == CODE


def test_code_of_an_earlier_source_is_not_used(tmp_path: Path) -> None:
    kept_in(tmp_path).save(KEY, CODE)
    assert SoundFiles(str(tmp_path), "care_loop.advance-1.py311", (3.0, 2)).load(KEY) is None


def test_code_that_cannot_be_written_is_used_without(tmp_path: Path) -> None:
    kept_in(tmp_path / "nowhere").save(KEY, CODE)
    assert kept_in(tmp_path / "nowhere").load(KEY) is None
