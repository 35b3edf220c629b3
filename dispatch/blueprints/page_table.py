"""The table of pages, pages.json: where each is, of what it is made, and whose work it is.

Vite builds its scripts and the faces take its addresses from the same file.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

HOUSE: Final = Path(__file__).parents[2]
TEMPLATES: Final = HOUSE / "templates"
_FILE: Final = Path(__file__).with_name("pages.json")


@dataclass(frozen=True)
class Page:
    """A row. `address`: a route of Flask's. `template`: its file in templates/. `script`: its file
    from the root of the tree. A page without a template is an app of its own, built whole in the
    folder `app`. `icon`: the symbol beside its name at home.

    `roles`: whom home offers it, first of all to those of `first_for`; without roles it is offered
    to nobody. A page that is not public asks for a sign-in and, where it names roles, is closed to
    all others. `holds_secret`: its answer is never compressed.
    """

    name: str
    address: str
    template: str = ""
    script: str = ""
    app: str = ""
    icon: str = ""
    roles: tuple[str, ...] = ()
    first_for: tuple[str, ...] = ()
    is_public: bool = False
    holds_secret: bool = False

    @property
    def beginning(self) -> str:
        """The address up to its first parameter."""
        return self.address.partition("<")[0]

    def admits(self, roles: Collection[str]) -> bool:
        """Whether somebody who holds these roles may open it."""
        return self.is_public or not self.roles or bool({*self.roles} & {*roles})


@dataclass(frozen=True)
class EveryPage:
    """Files that every page has: its frame's script with the styles, the symbols, the icon."""

    script: str
    sprite: str
    icon: str


def _page(name: str, row: Mapping[str, Any]) -> Page:
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return Page(name=name, **{**row, **lists})


_TABLE: Final[Mapping[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
EVERY_PAGE: Final = EveryPage(**_TABLE["every_page"])
PAGES: Final[Mapping[str, Page]] = MappingProxyType(
    {name: _page(name, row) for name, row in _TABLE["pages"].items()}
)


def offered(roles: Collection[str]) -> list[Page]:
    """The pages on which people of these roles work, the usual one first."""
    held = {*roles}
    mine = [page for page in PAGES.values() if held & {*page.roles}]
    return sorted(mine, key=lambda page: not held & {*page.first_for})
