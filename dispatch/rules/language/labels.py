"""Labels of a playbook: what something is called, in each of the city's languages."""

from collections.abc import Iterable, Mapping

from dispatch.translations import TONGUES

Label = Mapping[str, str]


class CityLabel(dict[str, str]):
    """By tongue, the city's own first; a tongue that is not spoken there gets the city's own."""

    def __missing__(self, _tongue: str) -> str:
        return next(iter(self.values()), "")


def same_in_all(words: str, tongues: Iterable[str] = TONGUES) -> Label:
    """One text for all of these tongues."""
    return CityLabel.fromkeys(tongues, words)
