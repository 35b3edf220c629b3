"""A pytest plugin: which functions of the product does each test run, and how long does it take?

Each worker writes its findings into the folder that MUTATION_RECORD names.
"""

import json
import os
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import pytest

HOUSE = f"{Path(__file__).parents[2]}{os.sep}"
INSIDE = f"{HOUSE}dispatch{os.sep}"


class Recorder:
    """What ran, by test. Code objects are gathered while a test runs and named after it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.json"
        self._ran = set()
        self.calls = defaultdict(list)
        self.seconds = {}
        self.failed = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        started = time.perf_counter()
        self._watch()
        try:
            return (yield)
        finally:
            threading.settrace(None)
            sys.settrace(None)
            self.seconds[item.nodeid] = round(time.perf_counter() - started, 3)
            for code in self._ran:
                if code.co_filename.startswith(INSIDE):
                    place = f"{code.co_filename.removeprefix(HOUSE)}::{code.co_qualname}"
                    self.calls[place].append(item.nodeid)

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_sessionfinish(self):
        found = {"calls": self.calls, "seconds": self.seconds, "failed": self.failed}
        self._file.write_text(json.dumps(found))

    def _watch(self):
        """Only calls are traced, not lines: that doubles the time of a test, and no more."""
        ran = self._ran = set()

        def note(frame, _event, _argument):
            ran.add(frame.f_code)

        threading.settrace(note)
        sys.settrace(note)


def pytest_configure(config):
    if folder := os.environ.get("MUTATION_RECORD"):
        config.pluginmanager.register(Recorder(Path(folder)))
