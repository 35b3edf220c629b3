"""Fixtures of every test: a still clock, an empty database of each kind, settings, a store."""

import gc
import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import both_asked
import postgres
import profiles
import pytest
from argon2 import PasswordHasher

from dispatch import clock
from dispatch.settings import PREFIX, load_settings
from dispatch.store import passwords
from dispatch.store.engines import open_engines
from dispatch.store.migrations import migrate
from dispatch.store.transaction import Store

MEMORY = "/dev/shm"  # noqa: S108 - a folder of its own in it, gone at the end
STORIES = Path(__file__).parent / "story"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shenzhen, offices open
profiles.choose()
# Playbooks are many objects at once: to look for garbage at every 700 took a tenth of the time.
gc.set_threshold(50_000, 50, 100)


def pytest_addoption(parser):
    parser.addoption(both_asked.OPTION, action="store_true", help=both_asked.__doc__)


def pytest_configure(config):
    if config.getoption(both_asked.OPTION):
        config.pluginmanager.register(both_asked.BothAsked(config))


def pytest_collection_finish():
    """What was imported stays: nobody looks for garbage in it."""
    gc.freeze()


def pytest_collection_modifyitems(config, items):
    """What takes long begins first, or one worker is left with it at the end; what proves no more
    about the city waits for `make explore`.
    """
    for item in items:
        if STORIES in item.path.parents and not item.get_closest_marker("both_databases"):
            item.add_marker(pytest.mark.one_database("a story is about the city, above the rows"))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not profiles.IS_EXPLORING:
        waiting = [item for item in items if _waits_for_explore(item)]
        config.hook.pytest_deselected(items=waiting)
        items[:] = [item for item in items if item not in set(waiting)]


def _waits_for_explore(item):
    given = getattr(item, "callspec", None)
    is_second = given is not None and given.params.get("database_url") == "postgresql"
    return bool(
        item.get_closest_marker("at_length")
        or (is_second and item.get_closest_marker("one_database"))
    )


@pytest.fixture(autouse=True, scope="session")
def bare_environment():
    """The developer's own DISPATCH_ variables never reach a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        yield


@pytest.fixture(autouse=True, scope="session")
def city_hasher():
    """What hashes a city's passwords. Tests hash with the same at the least cost, or a hundred
    guesses take three seconds; processes that a test starts hash as a city does.
    """
    in_use, cheap = passwords.HASHER, {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(**cheap))
        yield in_use


@pytest.fixture(autouse=True)
def still_clock():
    """A Monday morning that lasts until the test moves the clock, however slow the machine is.

    The wall's time runs as ever; processes that a test starts have running clocks, too.
    """
    clock.stand_still(MONDAY)
    yield
    clock.use_offset(timedelta)


@pytest.fixture
def running_clock():
    """The city's time passes as in a real district, for tests of what waits for it to pass."""
    clock.run_on()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """A migrated, empty database of the test's own, once on each of the two."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def settings(database_url, tmp_path):
    """Both databases, test clock open, no limits of pace, one hand publishes, SQLite without
    waiting for the disk.
    """
    return load_settings(
        {
            "DISPATCH_ENV": "test",
            "DISPATCH_DATA_DIR": str(tmp_path / "data"),
            "DISPATCH_DATABASE_URL": database_url,
            "DISPATCH_INTAKE_PER_MINUTE": "0",
            "DISPATCH_REQUESTS_PER_MINUTE": "0",
            "DISPATCH_STEPS_PER_MINUTE": "0",
            "DISPATCH_PUBLISH_HANDS": "1",
            "DISPATCH_SYNCHRONOUS": "NORMAL",
        },
    )


@pytest.fixture
def store(settings, engines):
    """The test's own store, on connections whose compiled statements the tests before left."""
    kept = Store(settings, engines)
    yield kept
    kept.decoder.stop()
    if engines.is_sqlite:
        engines.dispose()  # the next test finds another file in the place of this one


@pytest.fixture
def engines(settings, engines_by_url):
    """The engines of the test's database: opened once by a worker."""
    url = settings.database_url
    if url not in engines_by_url:
        engines_by_url[url] = open_engines(url, settings.synchronous)
    return engines_by_url[url]


@pytest.fixture(scope="session")
def engines_by_url():
    opened = {}
    yield opened
    for each in opened.values():
        each.dispose()


@pytest.fixture
def sqlite_url(sqlite_blank, sqlite_file):
    for suffix in ("-wal", "-shm"):
        Path(f"{sqlite_file}{suffix}").unlink(missing_ok=True)
    sqlite_file.unlink(missing_ok=True)  # whoever still has the old one open keeps it
    return f"sqlite:///{shutil.copy(sqlite_blank, sqlite_file)}"


@pytest.fixture(scope="session")
def sqlite_file():
    """Always the same place, so that one engine serves all tests of a worker; in memory where the
    machine has such a folder, because a file that is closed is first written to its disk.
    """
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder) / "city.sqlite3"


@pytest.fixture
def postgresql_url(cluster, postgresql_tables):
    cluster.empty(postgresql_tables)
    return cluster.url(postgresql_tables)


@pytest.fixture(scope="session")
def sqlite_blank(tmp_path_factory):
    """Migrated once, copied for each test: the migrations themselves have their own tests."""
    file = tmp_path_factory.mktemp("blank") / "blank.sqlite3"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_tables(cluster):
    """Migrated once, emptied for each test: that takes 3 ms, a new database 300."""
    _migrate(cluster.create("city"))
    return "city"


@pytest.fixture(scope="session")
def cluster():
    running = postgres.start()
    yield running
    running.stop()


def _migrate(url: str) -> None:
    engines = open_engines(url, "NORMAL")
    migrate(engines.write)
    engines.dispose()


@pytest.fixture
def wall(monkeypatch):
    """The wall's clock, which nothing but a test can move."""
    moved = {"by": timedelta()}
    real = clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() + moved["by"])

    def move(**by: float):
        moved["by"] += timedelta(**by)

    return move
