"""Fills the forms that a page offers, as a careful person does: by what its choices allow."""

import hashlib
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from city import CIVIC_CENTRE


class Filler:
    """Fills forms at random. `unfilled`: those that it could not fill, as (step, field)."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.unfilled: list[tuple[str, str]] = []

    def fills(self, page: dict[str, Any], offer: dict[str, Any]) -> dict[str, Any] | None:
        """As a careful person fills a form: what is asked, by what the choices allow."""
        fields, values = offer["fields"], {}
        only: dict[str, list[str]] = {}
        passed: set[str] = set()  # fields that were asked before, and answered or left empty
        needed = {each["name"] for each in fields if each["required"]}
        if any(each["kind"] == "position" for each in fields):  # the phone sends where it is
            needed |= {"position"} if _spot(page) else {"photos", "reason"}
        if not needed - {"reason"}:  # a correction says what is wrong, and not only why
            needed |= {each["name"] for each in fields if each["kind"] == "category"}
        for asked in fields:
            name = asked["name"]
            choices = [
                each
                for each in asked["choices"]
                if (name not in only or each["id"] in only[name]) and _fits(each, values, passed)
            ]
            passed.add(name)
            must = name in needed or (name in only and "" not in only[name])
            if not must and self.dice.random() < 0.5:
                continue
            value = self._value(asked, choices, page)
            if value is None:
                if must:
                    self.unfilled.append((offer["step"], name))
                    return None
                continue
            chosen = next((each for each in choices if each["id"] == value), {})
            only |= chosen.get("only", {})
            needed |= set(chosen.get("needs", ()))
            values[name] = value
        return values

    def _value(self, asked: dict[str, Any], choices: list[dict], page: dict[str, Any]) -> Any:
        makers: dict[str, Callable[[], Any]] = {
            "number": lambda: self.dice.randint(asked["least"], asked["most"]),
            "date": lambda: asked["least"],
            "yes_no": lambda: self.dice.random() < 0.6,
            "photos": lambda: [hashlib.sha256(self.dice.randbytes(8)).hexdigest()],
            "position": lambda: _spot(page),
            "place": lambda: self._place(choices),
            "text": lambda: "现场情况已说明",
        }
        if asked["kind"] in makers:
            return makers[asked["kind"]]()
        return self.dice.choice(choices)["id"] if choices else None

    def _place(self, choices: list[dict]) -> dict[str, Any]:
        """A point in one of two streets, or a grid by its name."""
        if self.dice.random() < 0.3:
            return {"grid": self.dice.choice(choices)["id"]}
        lon, lat = (each + self.dice.uniform(-0.001, 0.001) for each in CIVIC_CENTRE)
        return {"lon": lon, "lat": lat, "crs": "wgs84"}


def _fits(choice: dict[str, Any], values: dict[str, Any], passed: set[str]) -> bool:
    """Whether what was filled in before goes with the choice; what was left empty is ""."""
    limits = [choice.get("only", {})]
    for name, by_value in choice.get("only_with", {}).items():
        limits.append(by_value.get(values.get(name), {}))
    earlier = [(name, ids) for each in limits for name, ids in each.items() if name in passed]
    return all(values.get(name, "") in ids for name, ids in earlier)


def _spot(page: dict[str, Any]) -> dict[str, Any] | None:
    if page["lon"] is None:
        return None
    return {"lon": page["lon"], "lat": page["lat"], "accuracy_m": 12, "crs": "wgs84"}


def plausible(asked: Any, page: dict[str, Any]) -> Any:
    if asked.choices:
        return asked.choices[0]
    plausible = {
        "unit": "CGJ",
        "number": 1,
        "date": str(date.fromisoformat(page["now"][:10]) + timedelta(days=3)),
        "yes_no": True,
        "photos": ["0" * 64],
        "position": _spot(page),
        "place": {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1]},
        "category": "E0114",
        "alert": page["number"],
    }
    return plausible.get(asked.kind, "说明")
