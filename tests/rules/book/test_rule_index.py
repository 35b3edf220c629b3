"""The index is only quicker: it finds the rule that reading the file from the top would find."""

import random
import time
from itertools import product

import pytest
from town import as_bytes, town, with_change

from benchmarks.rule_sets import files_of, rule_table, situations
from dispatch.rules.book.loading import load
from dispatch.rules.book.rule_index import Split, candidates
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.deciding.matter import matter_of
from dispatch.rules.proving.claims import claims_of
from dispatch.rules.proving.shadows import doubtful, unreachable


def from_the_top(playbook, facts):
    """The leading rule, found by comparing every condition of every rule in order."""
    about = matter_of(playbook, facts).about
    every = (*playbook.rules.rules, playbook.rules.otherwise)
    return next(rule.id for rule in every if rule.when is None or rule.when.holds(about))


@pytest.mark.parametrize(("count", "asked"), [(150, 500), (900, 250)])
def test_the_index_changes_no_decision(count, asked):
    book = load(files_of(rule_table(count)))
    for facts in situations(asked):
        assert decide(book, facts).rule == from_the_top(book, facts)


STREETS = [
    "street: north",
    "street: [north, south]",
    "all: [{street: [north, south]}, {street: south}]",
    "street: north, photos: {at_least: 2}",
    "reporter_role: grid_worker, street: south",
]
ANSWERS = [
    "answer: {urgency: danger}",
    "answer: {urgency: [danger, ordinary]}, photos: 2",
    "all: [{answer: {urgency: [danger, ordinary]}}, {answer: {urgency: {starts_with: o}}}]",
    "answer: {urgency: ordinary, depth: {at_least: 2}}",
    "answer: {urgency: danger}, street: north",
]
OTHERS = [
    "not: {street: north}",
    "any: [{street: south}, {answer: {urgency: danger}}]",
    "photos: {at_least: 2}",
]


def mixed(seed):
    """A town with a dozen rules for holes, most of them about one fact, in a random order."""
    chance = random.Random(seed)
    most = ANSWERS if seed % 2 else STREETS
    chosen = [*chance.choices(most, k=11), chance.choice(OTHERS)]
    chance.shuffle(chosen)
    text = "".join(
        f"  - {{id: r{n}, when: {{category: hole, {when}}}, lead: WATER}}\n"
        for n, when in enumerate(chosen)
    )
    return town("rules.yaml", "rules:\n", f"rules:\n{text}")


def everybody():
    streets, urgencies = ("north", "south", None), ("danger", "ordinary", None, ("danger",))
    roles, photos = ("volunteer", "grid_worker"), (0, 2)
    for street, urgency, role, count in product(streets, urgencies, roles, photos):
        answers = {"depth": count} | ({} if urgency is None else {"urgency": urgency})
        yield {"street": street, "answers": answers, "reporter_role": role, "photos": count}


@pytest.mark.parametrize("seed", range(20))
def test_mixed_rules_are_found_in_the_order_of_the_file(seed):
    book = mixed(seed)
    assert isinstance(book.rules.to_lead["hole"], Split)
    for told in everybody():
        facts = Facts("hole", next(iter(situations(1))).reported_at, **told)
        assert decide(book, facts).rule == from_the_top(book, facts)


@pytest.fixture(scope="module")
def many():
    return load(files_of(rule_table(1500)))


def test_rules_that_name_streets_and_answers_are_found_by_them(many):
    book = many
    found = book.rules.to_lead["c0"]
    assert isinstance(found, Split)
    left = [len(candidates(book.rules.to_lead[f.category], f)) for f in situations(200)]
    assert max(left) <= 4
    assert len(book.rules.leading["c0"]) == 10


def test_the_rules_of_the_benchmark_can_all_match(many):
    book = many.rules
    assert list(unreachable(book, claims_of(book))) == []


def test_thousands_of_rules_about_one_category_are_looked_at_quickly_and_to_the_last():
    """Each pair of them could be compared, by words: 4 million pairs take a quarter of one."""
    words = [*(f"w{n}x" for n in range(3000)), "w2000x", "gas leak"]
    words[2500] = "leak"
    rules = "".join(
        f"  - {{id: r{n}, when: {{category: noise, text: {{contains_any: {w}}}}}, lead: WATER}}\n"
        for n, w in enumerate(words)
    )
    book = load(as_bytes(with_change("rules.yaml", "rules:\n", f"rules:\n{rules}"))).rules
    started = time.process_time()
    claims = claims_of(book)
    taken = [(rule.id, earlier.id) for rule, earlier in unreachable(book, claims)]
    doubted = [(rule.id, earlier.id) for rule, earlier in doubtful(book, claims)]
    assert time.process_time() - started < 3
    assert taken == [("r3000", "r2000")]
    assert doubted == [("r3000", "r2000"), ("r3001", "r2500")]
