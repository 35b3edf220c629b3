"""Reads labels.yaml: the district's own words for the things of the software."""

from collections.abc import Mapping
from typing import Final

from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.labels import Label, same_in_all
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_name

TERMS: Final = (
    *("product", "alert", "my_alerts", "report", "whistle", "dispatch", "settle", "lead"),
    *("support", "sign", "return", "ruling", "arrive", "dispose", "verify", "rework", "urge"),
    *("suspend", "supervise", "volunteer", "unsure", "street", "district"),
)


def read_labels(root: Node, faults: PlaybookFaults) -> Mapping[str, Label]:
    """Labels by term; what is absent keeps the word of the translations."""
    section = Section(root, faults, may=TERMS)
    nothing = same_in_all("", faults.tongues)
    return {term: section.read(term, as_name, nothing) for term in TERMS if term in section}
