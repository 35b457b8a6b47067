"""Fixtures of the tests of imports."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="package")
def no_wait_for_the_disk() -> Iterator[None]:
    """These tests pull no plug: what is written need not reach the disk at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield
