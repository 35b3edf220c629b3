"""What units and kinds are called, and were that the present version has no more."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dispatch.rules.language.labels import CityLabel, Label


@dataclass(frozen=True, slots=True)
class FormerNames:
    """By id the labels of units, by code those of categories and their icons."""

    units: Mapping[str, Label] = field(default_factory=dict)
    categories: Mapping[str, Label] = field(default_factory=dict)
    icons: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.units or self.categories)


NONE_FORMER: Final = FormerNames()


def names_after(known: FormerNames, before: FormerNames, after: FormerNames) -> FormerNames:
    """The names to keep when another version comes into force: those known, and those of the
    version before, without what is there again. `before`, `after`: all names of the two.
    """
    units = {**known.units, **before.units}
    kinds, icons = {**known.categories, **before.categories}, {**known.icons, **before.icons}
    gone = kinds.keys() - after.categories.keys()
    return FormerNames(
        {unit: label for unit, label in units.items() if unit not in after.units},
        {code: label for code, label in kinds.items() if code in gone},
        {code: icon for code, icon in icons.items() if code in gone},
    )


def names_as_text(names: FormerNames) -> str:
    """As JSON, for the installation's facts."""
    told = {"units": names.units, "categories": names.categories, "icons": names.icons}
    return json.dumps(told, ensure_ascii=False, default=dict)


def read_names(text: str | None) -> FormerNames:
    """What `names_as_text` wrote; nothing where it never did."""
    if text is None:
        return NONE_FORMER
    told = json.loads(text)
    labels = {
        part: {each: CityLabel(label) for each, label in told[part].items()}
        for part in ("units", "categories")
    }
    return FormerNames(labels["units"], labels["categories"], told["icons"])
