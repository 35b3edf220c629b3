"""Which step people of the demo take next, with which values, and how often they do it well."""

import random
from collections.abc import Callable
from typing import Any, Final

from dispatch.installation.demo.cast import DemoCast
from dispatch.rules.book.category import Category, FormField
from dispatch.store.tables import Alert
from dispatch.translations import own_language, tongue_of, translate

Dice = random.Random
Chosen = tuple[str, dict[str, Any]] | None

_CHANCE_RETURN = 0.04
_CHANCE_REWORK = 0.06
_CHANCE_RATED = 0.45
_CHANCE_SOLVED = 0.92


def chosen_step(dice: Dice, cast: DemoCast, alert: Alert) -> Chosen:
    """The step and its values (`photos`: some picture); None where nobody does anything."""
    choose = _NEXT_STEP.get(alert.status)
    return choose(dice, cast, alert) if choose else None


# The steps of a supporting unit, in order.
HELPING: Final = ("support_sign", "support_arrive", "support_finish")


def helping_values(step: str, cast: DemoCast, alert: Alert) -> dict[str, Any]:
    """The values of a support's step."""
    if step == "support_arrive":
        return {"position": cast.near(alert)}
    return {"done": _words("helped")} if step == "support_finish" else {}


def _words(key: str) -> str:
    return translate(own_language(), f"demo.{key}")


def _accept(_dice: Dice, cast: DemoCast, alert: Alert) -> Chosen:
    return "accept", {"lead": cast.proposed(alert)}


def _sign_or_return(dice: Dice, cast: DemoCast, alert: Alert) -> Chosen:
    if alert.returns == 0 and dice.random() < _CHANCE_RETURN:
        proposed = cast.another_lead(alert)
        words = {"reason": _words("return"), "clause": _words("clause")}
        return "return", {**words, "proposed": proposed}
    team = cast.team_of(alert.lead)
    return "sign", {"to": team} if team else {}


def _arrive(dice: Dice, cast: DemoCast, alert: Alert) -> Chosen:
    if alert.visit == "none" or (alert.visit == "optional" and dice.random() < 0.5):
        return _submit(dice, cast, alert)
    return "arrive", {"position": cast.near(alert)}


def _submit(dice: Dice, _cast: DemoCast, _alert: Alert) -> Chosen:
    return "submit", {"done": _words(f"done.{dice.randint(1, 4)}"), "photos": True}


def _confirm(_dice: Dice, _cast: DemoCast, _alert: Alert) -> Chosen:
    return "confirm", {}


def _rule(dice: Dice, _cast: DemoCast, _alert: Alert) -> Chosen:
    verdict = "upheld" if dice.random() < 0.6 else "rejected"
    return "rule", {"verdict": verdict, "reason": _words("ruling")}


def _verify(dice: Dice, _cast: DemoCast, alert: Alert) -> Chosen:
    if alert.reworks == 0 and dice.random() < _CHANCE_REWORK:
        return "verify_fail", {"reason": _words("rework"), "photos": True}
    grade = dice.choices(("good", "fair"), weights=(4, 1))[0]
    return "verify_ok", {"grade": grade}


def _rate(dice: Dice, _cast: DemoCast, alert: Alert) -> Chosen:
    """Most people do not rate, and the alert closes by itself."""
    if dice.random() >= _CHANCE_RATED:
        return None
    solved = alert.redone > 0 or dice.random() < _CHANCE_SOLVED
    return "rate", {"solved": solved, "grade": "good" if solved else "poor"}


_NEXT_STEP: Final[dict[str, Callable[[Dice, DemoCast, Alert], Chosen]]] = {
    "reported": _accept,
    "dispatched": _sign_or_return,
    "signed": _arrive,
    "on_site": _submit,
    "submitted": _confirm,
    "returned": _rule,
    "verifying": _verify,
    "resolved": _rate,
}


def report_words(dice: random.Random, category: Category) -> str:
    """The text of a report."""
    key = f"demo.report.{dice.randint(1, 6)}"
    return translate(own_language(), key, what=category.label[tongue_of(own_language())])


def some_answer(dice: random.Random, asked: FormField) -> str:
    """Some choice: the first ones are the grave and the rare ones."""
    ids = [choice.id for choice in asked.choices]
    return dice.choices(ids, weights=range(1, len(ids) + 1))[0]
