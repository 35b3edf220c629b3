"""Writes `tests/data/ledgers.json` again, on a database of its own."""

import json
import tempfile
from pathlib import Path

from deeds.test_ledgers import TOLD, walked
from walks import WALKS

from dispatch.settings import load_settings
from dispatch.store.engines import open_engines
from dispatch.store.migrations import migrate
from dispatch.store.transaction import Store


def main():
    told = {}
    for walk in WALKS:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'city.sqlite3'}"
            settings = load_settings(
                {
                    "DISPATCH_ENV": "test",
                    "DISPATCH_DATA_DIR": folder,
                    "DISPATCH_DATABASE_URL": url,
                    "DISPATCH_SYNCHRONOUS": "NORMAL",
                }
            )
            engines = open_engines(url, settings.synchronous)
            migrate(engines.write)
            told[walk] = walked(Store(settings, engines), walk)
            engines.dispose()
    TOLD.write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
