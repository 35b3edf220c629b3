"""Where a test of migrations makes its databases."""

import shutil

import pytest


class OnSQLite:
    """Databases as files: an upgraded one is copied for each test."""

    def __init__(self, folder):
        self._folder = folder

    def create(self, name, like=None):
        if like:
            shutil.copy(self._folder / like, self._folder / name)
        return self.url(name)

    def url(self, name):
        return f"sqlite:///{self._folder / name}"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request, tmp_path_factory):
    """Where databases are made, empty or as a copy of another one."""
    if request.param == "sqlite":
        return OnSQLite(tmp_path_factory.mktemp("towns"))
    return request.getfixturevalue("cluster")
