"""Migrates the database from each version of the tables to the next; forward only."""

from pathlib import Path
from typing import Any, Protocol

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


class Keys(Protocol):
    """What a migration needs of the seal to mark and seal rows, and to chain the log, anew."""

    @property
    def log_key(self) -> bytes: ...
    def ref(self, *parts: str) -> str: ...
    def close(self, value: object) -> bytes: ...
    def open(self, box: bytes) -> Any: ...


def migrate(engine: Engine, seal: Keys | None = None) -> None:
    """Upgrades the database to the newest tables; does nothing where it is up to date. Raises
    Refused wrong_seal_key where rows must be sealed anew and this key does not open them; an empty
    database needs no key.
    """
    config = _config()
    config.attributes["seal"] = seal
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the tables are those that this code was written for."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def knows_revision(revision: str) -> bool:
    """Whether this code can bring tables of that revision up to date."""
    scripts = ScriptDirectory.from_config(_config())
    return revision in {each.revision for each in scripts.walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
