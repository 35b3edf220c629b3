"""Real past alerts go through a candidate: what would move, and nothing does."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from boston import Boston, sample
from sqlalchemy import func, select
from stage import City

from dispatch import clock
from dispatch.rules.book.loading import load, load_folder, read_folder
from dispatch.rules.proving.what_if import what_if
from dispatch.store.past_alerts import past_alerts
from dispatch.store.tables import Alert, LogEntry


@pytest.fixture
def city(store):
    return City(store)


def futian(store, **replaced: tuple[str, str]):
    """The published playbook with one text of a file replaced: `rules=(old, new)`."""
    files = read_folder(store.settings.playbook)
    for name, (old, new) in replaced.items():
        text = files[f"{name}.yaml"].decode()
        assert old in text
        files[f"{name}.yaml"] = text.replace(old, new).encode()
    return load(files)


def replayed(store, candidate, since=None):
    with store.read() as session:
        begun, book_of = (
            since or clock.now().replace(year=2000),
            partial(store.playbook_at, session),
        )
        return what_if(candidate, past_alerts(session, store.seal, begun, candidate, book_of))


def test_the_playbook_in_force_moves_nothing(city):
    city.report()
    told = replayed(city.store, futian(city.store))
    assert (told.alerts, told.moved, dict(told.limits)) == (1, [], {})
    assert dict(told.parts) == {}
    assert told.load_before == told.load_after == {"JTJ": 1}


def test_a_candidate_with_another_lead_says_which_alert_would_go_where_and_why(city):
    city.report()
    candidate = futian(city.store, rules=("    lead: JTJ\n", "    lead: CGJ\n"))
    told = replayed(city.store, candidate)
    [moved] = told.moved
    assert (moved.before, moved.lead) == ("JTJ", "CGJ")
    assert (moved.old_rule, moved.rule) == ("lead-jtj", "lead-jtj")
    source = candidate.rule("lead-jtj").source
    assert moved.where == f"rules.yaml:{source.line}"
    assert told.load_after == {"CGJ": 1}


def test_limits_that_would_differ_are_counted(city):
    city.report()
    told = replayed(
        city.store, futian(city.store, promises=("ruling: 4 work_hours", "ruling: 2 hours"))
    )
    assert dict(told.limits) == {("ruling", "4 work_hours", "2 hours"): 1}


def test_older_alerts_stay_out(city):
    city.report()
    just_after = clock.now() + timedelta(microseconds=1)
    assert replayed(city.store, futian(city.store), since=just_after).alerts == 0


def test_a_category_that_is_gone_leaves_its_alerts_to_nobody(city):
    city.report()
    boston = load_folder("examples/boston311")
    told = replayed(city.store, boston)
    assert [(each.lead, each.rule) for each in told.moved] == [(None, None)]
    assert told.load_after == {"": 1}


def test_an_alert_that_would_wait_for_a_person_would_go_elsewhere(city):
    city.report()
    asked = ("    lead: JTJ\n", "    lead: JTJ\n    needs_person: true\n")
    [moved] = replayed(city.store, futian(city.store, rules=asked)).moved
    assert (moved.before, moved.lead) == ("JTJ", "JTJ")


def test_asking_changes_nothing(city):
    city.report()
    with city.store.read() as session:
        before = session.scalar(select(func.max(LogEntry.seq)))
    replayed(city.store, futian(city.store, rules=("    lead: JTJ\n", "    lead: CGJ\n")))
    with city.store.read() as session:
        assert session.scalar(select(func.max(LogEntry.seq))) == before
        assert session.scalar(select(Alert.lead)) == "JTJ"


def test_the_whole_sample_of_boston_by_its_own_playbook_moves_nothing(store):
    boston = Boston(store)
    boston.replay(sample())
    told = replayed(store, load_folder("examples/boston311"))
    assert (told.alerts, told.moved, dict(told.limits)) == (len(sample()), [], {})
    assert dict(told.parts) == {}


def differing(city, old, new, name="rules"):
    return dict(replayed(city.store, futian(city.store, **{name: (old, new)})).parts)


@pytest.mark.parametrize(
    ("effect", "part", "before", "after"),
    [
        ("supports: [CGJ]", "supports", "", "CGJ: informed"),
        ("severity: 1", "severity", "4", "1"),
        ("whistle: enforcement", "whistle", "", "enforcement"),
        ("merge: auto", "merge", "propose", "auto"),
        ("tags: [deep]", "tags", "", "deep"),
        ("notice: {zh: 请绕行, en: Keep away}", "notices", "", "请绕行"),
    ],
)
def test_what_else_would_be_decided_is_counted(city, effect, part, before, after):
    city.report()
    rule = f"\nalso:\n  - {{id: more, when: {{category: incident}}, {effect}}}\n"
    found = differing(city, "\nalso:\n", rule)
    [(seen, was, now)] = [key for key in found if key[0] == part]
    assert (seen, now) == (part, after)
    assert was == before or part == "severity"


def test_another_way_to_verify_and_another_ladder_are_counted(city):
    city.report()
    found = differing(city, "default: ", "default: life-safety  # ", name="ladders")
    assert {key[0] for key in found} == {"ladder"}


def test_a_moved_border_is_another_street_and_another_verifier(city):
    city.report()
    files = read_folder(city.store.settings.playbook)
    book = load(files)
    with city.store.read() as session:
        begun, book_of = clock.now().replace(year=2000), partial(city.store.playbook_at, session)
        [past] = past_alerts(session, city.store.seal, begun, book, book_of)
        elsewhere = replace(past, facts=replace(past.facts, street="street-lianhua"))
    told = dict(what_if(book, [elsewhere]).parts)
    street = past.facts.street
    assert told == {
        ("street", street, "street-lianhua"): 1,
        ("verifier", street, "street-lianhua"): 1,
    }
