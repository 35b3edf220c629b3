"""What a playbook says about danger, as phone and server show it: numbers, sheet, life words."""

from collections.abc import Iterable
from typing import TypedDict

from dispatch.rules.book.category import Category
from dispatch.rules.book.district import District, EmergencyNumber
from dispatch.rules.book.heard import Denials, HeardWords
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.labels import Label
from dispatch.shapes.forms import AccusationPage, DangerWords, ListenedFor, WordDenials
from dispatch.shapes.labels import EmergencyCall, SpokenEmergencyCall, SpokenLabel, spoken_label


class DangerForms(TypedDict):
    """The part of the forms that speaks of danger."""

    emergency: list[EmergencyCall]
    hotlines: list[EmergencyCall]
    danger: DangerWords
    life_words: list[ListenedFor]
    denials: WordDenials
    accusations: AccusationPage | None


def danger_words(playbook: Playbook) -> DangerForms:
    """Numbers, sheet and listened-for words of the district."""
    district = playbook.district
    sheet, heard = district.danger, district.life_words
    return {
        "emergency": [call_of(each) for each in district.emergency],
        "hotlines": [call_of(each) for each in district.hotlines],
        "danger": {
            "title": spoken_or_none(sheet.title),
            "hint": spoken_or_none(sheet.hint),
            "go_on": spoken_or_none(sheet.go_on),
        },
        "life_words": [_listened_for(each) for each in heard.lists],
        "denials": _word_denials(heard.denials),
        "accusations": _accusations(district),
    }


def numbers_to_call(
    district: District, category: Category, text: str
) -> tuple[EmergencyNumber, ...]:
    """Whom to call, the nearest first: by the words, by the category, then the district's own."""
    known = district.numbers()
    heard = district.life_words.all_in(text)
    named = (known[digits] for each in heard for digits in each.words.shows)
    return tuple({n.number: n for n in (*named, *category.emergency, *district.emergency)}.values())


def spoken_numbers(numbers: Iterable[EmergencyNumber], tongue: str) -> list[SpokenEmergencyCall]:
    """The numbers in one language."""
    return [
        {
            "number": each.number,
            "label": each.label[tongue],
            "sentence": each.sentence[tongue] if each.sentence else None,
        }
        for each in numbers
    ]


def call_of(number: EmergencyNumber) -> EmergencyCall:
    """A number as it goes over the wire."""
    return {
        "number": number.number,
        "label": spoken_label(number.label),
        "sentence": spoken_or_none(number.sentence),
    }


def spoken_or_none(label: Label | None) -> SpokenLabel | None:
    return None if label is None else spoken_label(label)


def _listened_for(words: HeardWords) -> ListenedFor:
    shows = list(words.shows)
    return {"pattern": words.pattern, "unless": words.unless, "calm": words.calm, "shows": shows}


def _word_denials(denials: Denials) -> WordDenials:
    before, after, calm, turns = denials.before, denials.after, denials.calm, denials.turns
    return {"before": before, "after": after, "calm": calm, "turns": turns}


def _accusations(district: District) -> AccusationPage | None:
    page = district.accusations
    if page is None:
        return None
    return {
        "heard": _listened_for(page.heard),
        "channel": call_of(page.channel),
        "title": spoken_or_none(page.title),
        "hint": spoken_or_none(page.hint),
    }
