"""Fixtures: what can be asked of Prefect's server."""

import pytest

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Each method and path of Prefect's API."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        from prefect.server.api.server import create_app

        known = create_app(ephemeral=True).openapi()["paths"]
    return [
        (method.upper(), f"/api{path}")
        for path, methods in known.items()
        for method in methods
        if method in METHODS
    ]
