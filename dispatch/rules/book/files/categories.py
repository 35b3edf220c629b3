"""Reads categories.yaml: groups, categories, their forms and their limits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dispatch.rules.book.category import Category, FormField, Group, Limits
from dispatch.rules.book.district import MOST_METRES, District, EmergencyNumber
from dispatch.rules.book.files.danger import optional_label, read_number
from dispatch.rules.book.files.forms import SharedQuestion, read_form, read_questions
from dispatch.rules.book.files.icons import ICONS
from dispatch.rules.book.files.limits import read_promises, read_severity
from dispatch.rules.book.files.promises import Promises
from dispatch.rules.conditions.operators import Vocabulary, condition
from dispatch.rules.conditions.tree import Condition
from dispatch.rules.language.faults import PlaybookFaults, Source, guess
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_words, entries, one_of

VISITS: Final = ("required", "optional", "none")
ALL_ARE_VERIFIED: Final = "always"
VERIFIES: Final = (ALL_ARE_VERIFIED, "sample", "photo")
CLOSINGS: Final = ("after_photo", "reply")
_NEEDS: Final = ("label", "group", "limits")
_MAY: Final = (
    *("icon", "visit", "household", "about_unit", "verify", "closing", "form", "photos"),
    *("common", "severity", "life_safety", "note", "nearby_m"),
    *("say", "words", "emergency", "advice", "accusation", "choice"),
)
MOST_PHOTOS: Final = 6  # as many as a phone takes


@dataclass(frozen=True, slots=True)
class Categories:
    categories: Mapping[str, Category]
    groups: Mapping[str, Group]


def read_categories(
    root: Node,
    faults: PlaybookFaults,
    promises: Promises,
    vocabulary: Vocabulary,
    district: District,
) -> Categories:
    """`vocabulary`: what conditions of limits and forms may name, without the form's own fields;
    `district`: whose emergency numbers categories may name.
    """
    section = Section(root, faults, ("groups", "categories"), ("questions", "source"))
    groups = _groups(section.get("groups"), faults)
    questions = read_questions(section.get("questions"), faults)
    numbers = district.numbers()
    reader = _CategoryReader(faults, promises, vocabulary, groups, questions, numbers)
    categories = {
        code: reader.category(code, body)
        for code, body in entries(section.get("categories"), faults)
    }
    return Categories(categories, groups)


def _groups(node: Node | None, faults: PlaybookFaults) -> Mapping[str, Group]:
    """A parent may stand below its child."""
    groups: dict[str, Group] = {}
    named = dict(entries(node, faults))
    for group, body in named.items():
        section = Section(body, faults, ("label",), ("parent", "asks"))
        parent = section.reference("parent", named.keys() - {group}, "group")
        groups[group] = Group(group, section.label(), parent, optional_label(section, "asks"))
    for group, body in named.items():
        if len(set(above := _parents(group, groups))) < len(above):
            faults.add(body, "circle", seen=group)
            groups[group] = replace(groups[group], parent=None)
    return groups


def _parents(group: str | None, groups: Mapping[str, Group]) -> tuple[str, ...]:
    above: list[str] = []
    while group is not None and group in groups and len(above) <= len(groups):
        above.append(group)
        group = groups[group].parent
    return tuple(above)


@dataclass(frozen=True, slots=True)
class _CategoryReader:
    faults: PlaybookFaults
    promises: Promises
    vocabulary: Vocabulary
    groups: Mapping[str, Group]
    questions: Mapping[str, SharedQuestion]
    numbers: Mapping[str, EmergencyNumber]

    def category(self, code: str, node: Node) -> Category:
        section = Section(node, self.faults, _NEEDS, _MAY)
        parents = _parents(section.reference("group", self.groups, "group"), self.groups)
        visit = section.choice("visit", VISITS, "visit", "required")
        fields = read_form(section.get("form"), self.questions, self.vocabulary)
        limits = self._limits(section, fields, visit)
        section.text("note")
        for key in ("severity", "life_safety"):
            if (node_of_key := section.get(key)) is not None:
                self.faults.remark(node_of_key, "belongs_into_limits", name=key)
        self._verify(section)
        return Category(
            code=code,
            label=section.label(),
            family=parents[-1] if parents else "",
            parents=parents,
            icon=_known(section, "icon", ICONS, "other"),
            life_safety=any(each.life_safety for each in limits),
            visit=visit,
            household=section.flag("household"),
            about_unit=section.flag("about_unit"),
            closing=_known(section, "closing", CLOSINGS, ""),
            fields=fields,
            photos_min=section.count("photos", most=MOST_PHOTOS),
            common=section.flag("common"),
            limits=limits,
            source=Source.of(node),
            nearby_m=_nearby(section),
            say=optional_label(section, "say"),
            words=section.read("words", as_words, ()),
            emergency=tuple(self._number(node) for node in section.items("emergency")),
            advice=optional_label(section, "advice"),
            accusation=section.flag("accusation"),
            choice=optional_label(section, "choice"),
        )

    def _number(self, node: Node) -> EmergencyNumber:
        """One of the district's by its digits, or one of the category's own."""
        if isinstance(node.value, dict):
            return read_number(node, self.faults)
        digits = one_of(node, self.faults, self.numbers, "number")
        return self.numbers.get(digits) or EmergencyNumber(digits, {})

    def _verify(self, section: Section) -> None:
        """Every alert is verified: what says otherwise would be believed and not done."""
        said = section.choice("verify", VERIFIES, "verify", ALL_ARE_VERIFIED)
        written = section.get("verify")
        if written is not None and said != ALL_ARE_VERIFIED:
            self.faults.doubt(written, "all_are_verified", seen=said)

    def _limits(
        self, section: Section, fields: tuple[FormField, ...], visit: str
    ) -> tuple[Limits, ...]:
        vocabulary = replace(self.vocabulary, fields=fields_by_name(fields), of_limits=True)
        items = section.items("limits")
        limits = tuple(self._variant(item, vocabulary, visit) for item in items)
        if not limits:
            self.faults.add(section.node, "no_limits")
            return ()
        for item, each in zip(items, limits, strict=True):
            last = each is limits[-1]
            if (each.when is None) != last:
                self.faults.add(item, "last_limits_have_when" if last else "limits_without_when")
        return limits

    def _variant(self, node: Node, vocabulary: Vocabulary, visit: str) -> Limits:
        may = ("when", "code", "severity", "life_safety", "basis")
        section = Section(node, self.faults, ("promises",), may)
        own = read_promises(section, self.promises.names)
        terms = {**self.promises.defaults, **own}
        if visit == "none":
            terms.pop("arrive", None)
        return Limits(
            when=_when(section, vocabulary),
            code=section.text("code"),
            severity=read_severity(section),
            life_safety=section.flag("life_safety"),
            promises=terms,
            own=frozenset(own),
            source=Source.of(node),
        )


def _nearby(section: Section) -> int | None:
    """Metres; a playbook in use keeps what it has."""
    node, metres = section.get("nearby_m"), section.integer("nearby_m")
    if node is not None and not 0 <= metres <= MOST_METRES:
        section.faults.remark(node, "out_of_range", seen=metres, least=0, most=MOST_METRES)
    return None if node is None else metres


def _known(section: Section, key: str, known: tuple[str, ...], default: str) -> str:
    """A word out of a few; another one is remarked: it would do nothing."""
    word, node = section.text(key, default), section.get(key)
    if node is not None and word not in known:
        section.faults.remark(node, f"unknown_{key}", seen=word, **guess(word, known))
    return word


def _when(section: Section, vocabulary: Vocabulary) -> Condition | None:
    node = section.get("when")
    return None if node is None else condition(node, vocabulary)


def fields_by_name(fields: tuple[FormField, ...]) -> dict[str, frozenset[str] | None]:
    """The ids of each field's choices, None where it has none; same names are joined."""
    known: dict[str, frozenset[str] | None] = {}
    for each in fields:
        choices = frozenset(choice.id for choice in each.choices) or None
        before = known.get(each.name)
        known[each.name] = choices | before if choices and before else choices
    return known
