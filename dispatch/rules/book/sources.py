"""Where the author wrote calendars, units, bases and the list of cases, for warnings about them.

Rules, categories and limits have their own `source`; these are values of the domain, or no values
at all, so that their places are kept beside the playbook.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from dispatch.rules.language.faults import Source
from dispatch.rules.language.nodes import Node

_WHOLE: Final = (
    *(("cases.yaml", "cases"), ("promises.yaml", "promises")),
    *(("district.yaml", "language"), ("district.yaml", "place"), ("places.geojson", "features")),
)
_ENTRIES: Final = (
    ("calendars.yaml", "calendars", "last"),
    ("calendars.yaml", "years", ""),
    ("departments.yaml", "units", ""),
    ("district.yaml", "areas", ""),
    ("promises.yaml", "bases", "review"),
)


def sources(roots: Mapping[str, Node]) -> dict[str, Source]:
    """By path: `calendars.shenzhen.last`, `years.2027`, `bases.law`, `cases`, `sign`."""
    return {source.path: source for source in _sources(roots)}


def _sources(roots: Mapping[str, Node]) -> Iterator[Source]:
    for file, key in _WHOLE:
        if (node := _below(roots[file], key)) is not None:
            yield Source.of(node)
    yield from (Source.of(word.name or word) for _, word in roots["labels.yaml"].items())
    for file, key, inner in _ENTRIES:
        listed = _below(roots[file], key)
        for _, body in listed.items() if listed else ():
            yield Source.of(body.name or body)
            if (node := _below(body, inner)) is not None:
                yield Source.of(node)


def _below(node: Node, key: str) -> Node | None:
    return node.value.get(key) if isinstance(node.value, dict) else None
