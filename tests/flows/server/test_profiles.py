import os
from pathlib import Path

import pytest

from flows.server import isolation, profiles
from flows.server.external_server import BadSetting

PROFILES_TOML = """
[profiles.mine]
PREFECT_API_URL = "http://prefect.example/api"
PREFECT_API_KEY = "s3cret"
[profiles.wrong]
PREFECT_LOGGING_LEVEL = "foo"
PREFECT_API_KEY = "s3cret"
"""


@pytest.fixture
def users_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(os, "environ", os.environ.copy() | {"HOME": str(tmp_path)})
    monkeypatch.setattr(isolation, "honoured", {})
    monkeypatch.setattr(isolation, "profile", [])
    (tmp_path / ".prefect").mkdir()
    file = tmp_path / ".prefect/profiles.toml"
    file.write_text(PROFILES_TOML)
    return file


def test_a_profile_of_the_users_own_is_used_when_it_is_asked_for(users_profiles: Path) -> None:
    profiles.use("mine")
    assert isolation.external_server_url() == os.environ["PREFECT_API_URL"] == "http://prefect.example/api"
    assert "omit --prefect-profile mine" in str(isolation.unset_hint())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mein", PROFILES_TOML, "try mine"),
        ("wrong", PROFILES_TOML, "PREFECT_LOGGING_LEVEL=foo"),
        ("mine", "] no", "is not valid TOML"),
        ("mine", None, "cannot be read"),
    ],
)
def test_a_profile_that_cannot_be_used_is_told(
    users_profiles: Path, name: str, content: str | None, told: str
) -> None:
    if content is None:
        users_profiles.unlink()
    else:
        users_profiles.write_text(content)
    with pytest.raises(BadSetting) as refusal:
        profiles.use(name)
    assert told in str(refusal.value)
    assert "s3cret" not in str(refusal.value)
