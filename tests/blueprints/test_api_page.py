"""docs/api.md speaks of every address of the interface, and of no other."""

import re
from pathlib import Path

import pytest

from dispatch.app import create_app

pytestmark = pytest.mark.one_database("the table of addresses needs no row")

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
REQUEST = re.compile(r"`(GET|PUT|POST|DELETE) ([a-z{][^ `?]*)")
# one line of the page stands for the files as well
SAID_BESIDE = {"GET reports/{}.{}"}


def written():
    table = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))
    return {f"{method} {re.sub(r'{[^}]*}', '{}', path)}" for method, path in REQUEST.findall(table)}


def served(app):
    return {
        f"{method} {re.sub(r'<[^>]*>', '{}', rule.rule.removeprefix('/api/v1/'))}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_the_page_names_every_address_and_no_other(settings, store):
    assert written() == served(create_app(settings, store)) - SAID_BESIDE
