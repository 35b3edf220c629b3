"""What is promised and who helps: the values that categories, rules and decisions share."""

from dataclasses import dataclass

from dispatch.domain.promises import Limit


@dataclass(frozen=True, slots=True)
class Terms:
    """A promise's terms: how long, by which calendar, resting on which basis."""

    limit: Limit
    calendar: str
    basis: str


@dataclass(frozen=True, slots=True)
class Support:
    """A unit that helps the lead. `mode`: required or informed."""

    unit: str
    mode: str
