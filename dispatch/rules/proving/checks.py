"""Checks a playbook as a whole: errors forbid publishing it, warnings ask for a look."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from dispatch.rules.book.files.words import lacking
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.terms import Terms
from dispatch.rules.language.faults import Level, PlaybookFault, PlaybookRefused, Source
from dispatch.rules.language.nodes import collector_paused
from dispatch.rules.proving.claims import claims_of
from dispatch.rules.proving.condition_checks import (
    conditions_that_say_nothing,
    parts_that_do_nothing,
)
from dispatch.rules.proving.life_word_checks import words_that_say_nothing
from dispatch.rules.proving.map_checks import map_faults
from dispatch.rules.proving.promise_checks import (
    answers_that_change_nothing,
    arrivals_after_the_end,
    signatures_after_the_end,
)
from dispatch.rules.proving.run_cases import run_cases
from dispatch.rules.proving.same_names import terms_of_one_name, units_of_one_name
from dispatch.rules.proving.shadows import doubtful, partly_taken, unreachable
from dispatch.translations import TONGUES

CALENDAR_WARNING: Final = timedelta(days=45)


def check(files: Mapping[str, bytes], today: date) -> list[PlaybookFault]:
    """Everything wrong with these files, errors and warnings, in the order of files and lines."""
    try:
        playbook = load(files)
    except PlaybookRefused as refused:
        return list(refused.faults)
    return check_playbook(playbook, today)


def check_playbook(playbook: Playbook, today: date) -> list[PlaybookFault]:
    """What is wrong with a playbook that could be read."""
    with collector_paused():
        found = [fault for one_check in CHECKS for fault in one_check(playbook)]
    found += playbook.remarks
    dated = (_ending_calendars, _bases_to_review)
    return sorted([*found, *(fault for each in dated for fault in each(playbook, today))])


def _fault(source: Source, code: str, level: Level, **params: object) -> PlaybookFault:
    words = {name: str(value) for name, value in params.items()}
    return PlaybookFault(source.file, source.line, source.column, source.path, code, words, level)


def _rules_that_never_match(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Proven: an error. Probable, where words, times or distances decide: a warning."""
    claims = claims_of(playbook.rules)
    found = unreachable(playbook.rules, claims)
    proven = {rule.id: (rule, earlier) for rule, earlier in found}
    for rule, taker in proven.values():
        if taker is None:
            yield _fault(rule.source, "contradiction", "error", rule=rule.id)
        else:
            yield _fault(rule.source, "shadowed", "error", rule=rule.id, earlier=taker.id)
    for rule, earlier in doubtful(playbook.rules, claims):
        if rule.id not in proven:
            told = {"rule": rule.id, "earlier": earlier.id}
            yield _fault(rule.source, "maybe_shadowed", "warning", **told)


def _rules_that_lose_categories(playbook: Playbook) -> Iterator[PlaybookFault]:
    book = playbook.rules
    for rule, earlier, codes in partly_taken(book, claims_of(book)):
        told = {"rule": rule.id, "earlier": earlier.id, "categories": ", ".join(codes)}
        yield _fault(rule.source, "partly_shadowed", "warning", **told)


def _categories_without_rule(playbook: Playbook) -> Iterator[PlaybookFault]:
    for code, rules in playbook.rules.leading.items():
        if not rules and not playbook.categories[code].accusation:
            source = playbook.categories[code].source
            yield _fault(source, "category_unreached", "warning", category=code)


def _units_without_rule(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Departments that neither lead nor help nor stand above a unit that does."""
    book = playbook.rules
    effects = [rule.effects for rule in (*book.rules, *book.also, book.otherwise)]
    named = {each.lead for each in effects}
    named |= {support.unit for each in effects for support in each.supports}
    above = playbook.organisation.ancestors
    reached = named | {unit for each in named if each for unit in above(each)}
    for unit in playbook.units.values():
        if unit.kind == "department" and unit.id not in reached:
            where = playbook.written[f"units.{unit.id}"]
            yield _fault(where, "unit_unreached", "warning", unit=unit.id)


def _limits_without_basis(playbook: Playbook) -> Iterator[PlaybookFault]:
    """One warning for each open basis, and one for none: a list of hundreds helps nobody."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, Source]] = {}
    for name, terms, where in _all_terms(playbook):
        basis = playbook.bases.get(terms.basis)
        if basis is None or basis.open:
            counts[terms.basis] += 1
            first.setdefault(terms.basis, (name, where))
    for basis_id, count in counts.items():
        code = "limits_open_basis" if basis_id else "limits_without_basis"
        example, where = first[basis_id]
        where = playbook.written.get(f"bases.{basis_id}", where)
        yield _fault(where, code, "warning", count=count, basis=basis_id, example=example)


def _all_terms(playbook: Playbook) -> Iterator[tuple[str, Terms, Source]]:
    """Each promise with its name and with where its limit stands."""
    general = playbook.written["promises"]
    for code, category in playbook.categories.items():
        for number, limits in enumerate(category.limits):
            for clock, terms in limits.promises.items():
                where = limits.source if clock in limits.own else general
                yield f"{code}.limits[{number}].{clock}", terms, where


def _rules_without_basis(playbook: Playbook) -> Iterator[PlaybookFault]:
    bare = [rule for rule in playbook.rules.rules if not rule.basis]
    if bare:
        first = bare[0]
        yield _fault(
            first.source, "rules_without_basis", "warning", count=len(bare), example=first.id
        )


def _failing_cases(playbook: Playbook) -> Iterator[PlaybookFault]:
    if not playbook.cases:
        yield _fault(playbook.written["cases"], "no_cases", "warning")
    for failure in run_cases(playbook):
        case = failure.case
        told = {"what": failure.what, "wanted": told_value(failure.wanted)}
        seen = told_value(failure.seen)
        yield _fault(case.source, "case_failed", "error", case=case.label, seen=seen, **told)


def told_value(value: object) -> str:
    """A value of a case as its author writes it."""
    if isinstance(value, frozenset):
        return "[" + ", ".join(sorted(map(str, value))) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {each}" for key, each in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _languages_without_words(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Languages that the package does not speak: how many words the city's own catalogues lack."""
    for tongue in playbook.district.languages:
        missing = [] if tongue in TONGUES else lacking(playbook.words, tongue)
        if missing:
            told = {"tongue": tongue, "count": len(missing), "example": missing[0]}
            told["lacking"] = " ".join(missing)
            yield _fault(playbook.written["language"], "words_lack", "warning", **told)


def _ending_calendars(playbook: Playbook, today: date) -> Iterator[PlaybookFault]:
    for name, calendar in playbook.calendars.items():
        left = calendar.plan.last - today
        if left < CALENDAR_WARNING:
            year = playbook.written.get(f"years.{calendar.plan.last.year}")
            where = year or playbook.written[f"calendars.{name}.last"]
            code = "calendar_ends" if left.days >= 0 else "calendar_ended"
            told = {"calendar": name, "last": calendar.plan.last, "days": left.days}
            yield _fault(where, code, "warning", **told)


def _bases_to_review(playbook: Playbook, today: date) -> Iterator[PlaybookFault]:
    """Bases whose time to look again is over, and those without drafter or such a day."""
    for basis in playbook.bases.values():
        if not (basis.drafter and basis.review):
            where = playbook.written[f"bases.{basis.id}"]
            yield _fault(where, "basis_unsigned", "warning", basis=basis.id)
        if basis.review and basis.review < today:
            told = {"basis": basis.id, "review": basis.review}
            where = playbook.written[f"bases.{basis.id}.review"]
            yield _fault(where, "basis_review", "warning", **told)


PlaybookCheck = Callable[[Playbook], Iterator[PlaybookFault]]
CHECKS: Final[tuple[PlaybookCheck, ...]] = (
    _rules_that_never_match,
    _rules_that_lose_categories,
    conditions_that_say_nothing,
    parts_that_do_nothing,
    _categories_without_rule,
    _units_without_rule,
    _limits_without_basis,
    _rules_without_basis,
    _failing_cases,
    map_faults,
    _languages_without_words,
    answers_that_change_nothing,
    arrivals_after_the_end,
    signatures_after_the_end,
    units_of_one_name,
    terms_of_one_name,
    words_that_say_nothing,
)
