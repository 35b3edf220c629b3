"""A playbook comes into force: checked, in several hands, logged, and taken back."""

import re

import pytest
from sqlalchemy import select
from stage import City
from town import FILES, as_bytes, with_change

from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.installation.initialise import initialise
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.disable_person import disable_person
from dispatch.installation.publications import publications
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.installation.signatories import Signatories
from dispatch.rules.book.loading import read_folder
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.settings import load_settings
from dispatch.store.enrolment import NewPerson, enrol
from dispatch.store.playbooks import active_version, files_of, versions
from dispatch.store.tables import LogDetail, LogEntry, PlaybookVersion, Promise
from dispatch.store.transaction import Store
from dispatch.translations import LANGUAGES, translate

FAILING = with_change("cases.yaml", "lead: ROADS", "lead: WATER")
SHADOWED = with_change("rules.yaml", "{category: leak}", "{category: hole}")


def kept(store, files, drafter=None):
    return keep_playbook(store, as_bytes(files), "draft", drafter)


def published(store, files, **publication: object):
    version = kept(store, files)
    publish_playbook(store, Publication(version, **publication))
    return version


def active(store):
    with store.read() as session:
        return active_version(session)


def logged(store, code):
    with store.read() as session:
        rows = select(LogEntry, LogDetail).join(LogDetail, LogDetail.seq == LogEntry.seq)
        mine = rows.where(LogEntry.code == code).order_by(LogEntry.seq)
        return [(row.codes, detail.body) for row, detail in session.execute(mine)]


def test_a_draft_decides_nothing_until_it_is_published(store):
    first = published(store, FILES)
    second = kept(store, with_change("labels.yaml", "Order", "Ordre"))
    assert (first, second, active(store)) == (1, 2, 1)
    publish_playbook(store, Publication(second, note="a better word"))
    assert active(store) == 2
    [_, (codes, detail)] = logged(store, "playbook_published")
    assert (codes["version"], codes["before"]) == (2, 1)
    assert detail["note"] == "a better word"


def test_the_same_content_is_the_same_version(store):
    assert published(store, FILES) == kept(store, FILES) == 1
    assert len(logged(store, "playbook_kept")) == 1


def test_rolling_back_is_publishing_the_older_version_again(store):
    published(store, FILES)
    published(store, with_change("labels.yaml", "Order", "Ordre"))
    publish_playbook(store, Publication(1))
    assert active(store) == 1
    with store.read() as session:
        assert files_of(session, 1) == as_bytes(FILES)
        assert session.query(PlaybookVersion).count() == 2
        assert store.playbook_version(session) == 1


def test_who_published_which_version_is_read_back_in_order(store):
    published(store, FILES)
    published(store, with_change("labels.yaml", "Order", "Ordre"), note="a better word")
    publish_playbook(store, Publication(1, note="back"))
    with store.read() as session:
        assert [row.version for row in versions(session)] == [1, 2]
        told = publications(session, store.seal)
    assert {v: [each["note"] for each in told[v]] for v in told} == {
        1: ["", "back"],
        2: ["a better word"],
    }


def test_another_process_decides_by_the_new_version_within_a_tick(store, settings):
    other = Store(settings)
    published(store, FILES)
    with other.read() as session:
        assert other.playbook_version(session) == 1
    second = published(store, with_change("labels.yaml", "Order", "Ordre"))
    other._playbooks._asked -= 1.0  # noqa: SLF001 - a tick goes by
    with other.read() as session:
        assert other.playbook_version(session) == second
    other.close()


def test_a_broken_playbook_never_replaces_a_working_one(store):
    published(store, FILES)
    with pytest.raises(PlaybookRefused):
        kept(store, with_change("rules.yaml", "lead: ROADS", "lead: ROAD"))
    with pytest.raises(PlaybookRefused, match="can never match"):
        published(store, SHADOWED, override="I want it so")
    assert active(store) == 1


def test_failing_cases_stand_in_the_way_unless_somebody_says_why(store):
    published(store, FILES)
    with pytest.raises(PlaybookRefused, match="Holes go to the road people"):
        published(store, FAILING)
    assert active(store) == 1
    published(store, FAILING, override="the case is wrong since Monday")
    assert active(store) == 2
    codes, detail = logged(store, "playbook_published")[-1]
    assert codes["failing_cases"] == 1
    assert detail["override"] == "the case is wrong since Monday"


# How many are asked for, who publishes, drafts and reviews, whether that is enough.
HANDS = [
    (1, {}, True),
    (2, {"publisher": "wang"}, False),
    (2, {"drafter": "wang", "reviewer": "li"}, False),
    (2, {"publisher": "wang", "drafter": "wang"}, False),
    (2, {"publisher": "wang", "drafter": "li"}, True),
    (2, {"publisher": "wang", "drafter": "wang", "reviewer": "li"}, True),
    (3, {"publisher": "wang", "drafter": "li"}, False),
    (3, {"publisher": "wang", "drafter": "li", "reviewer": "li"}, False),
    (3, {"publisher": "wang", "drafter": "li", "reviewer": "zhao"}, True),
]


@pytest.fixture
def town(store):
    """An installation that decides by the small playbook and asks for two hands."""
    initialise(store, as_bytes(FILES))
    asks_for(store, 2)
    return store


def asks_for(store, hands):
    object.__setattr__(store.settings, "publish_hands", hands)


def person(store, name, role="supervisor", unit="town"):
    with store.read() as session:
        organisation = store.playbook(session).organisation
    return add_person(store, NewPerson(name, (Grant(role, unit),)), organisation)


def signed(store, hands):
    people = {name: person(store, name) for name in sorted(set(hands.values()))}
    return Signatories(**{hand: people[name] for hand, name in hands.items()})


BETTER = with_change("labels.yaml", "Order", "Ordre")


@pytest.mark.parametrize(("wanted", "hands", "enough"), HANDS)
def test_as_many_different_people_as_the_district_asks_for(town, wanted, hands, enough):
    asks_for(town, wanted)
    named = signed(town, hands)
    if enough:
        assert published(town, BETTER, hands=named) == active(town) == 2
        return
    with pytest.raises(Refused, match="playbook_hands") as refused:
        published(town, BETTER, hands=named)
    assert refused.value.params["given"] == len(set(hands.values()))
    assert active(town) == 1


def test_two_different_people_are_asked_for_where_nobody_set_anything(tmp_path):
    assert load_settings({"DISPATCH_DATA_DIR": str(tmp_path)}).publish_hands == 2


def test_a_missing_second_person_is_told_with_the_command_that_adds_one(town):
    alone = signed(town, {"publisher": "wang", "drafter": "wang"})
    with pytest.raises(Refused) as refused:
        published(town, BETTER, hands=alone)
    for language in LANGUAGES:
        told = translate(language, "problems.playbook_hands", **refused.value.params)
        assert "person add" in told
        assert "--role admin --at town" in told


@pytest.mark.parametrize(("role", "unit"), [("volunteer", "north"), ("handler", "town")])
def test_whoever_has_no_role_in_the_district_publishes_nothing(town, role, unit):
    clerk = person(town, "zhao", role, unit)
    hands = Signatories(publisher=clerk, drafter=person(town, "li"))
    with pytest.raises(Refused, match="may_not_publish") as refused:
        published(town, BETTER, hands=hands)
    assert dict(refused.value.params) == {"name": "zhao", "district": "town"}
    assert published(town, BETTER, hands=Signatories(hands.drafter, clerk)) == 2


def test_whoever_left_publishes_nothing(town):
    hands = signed(town, {"publisher": "wang", "drafter": "li"})
    disable_person(town, hands.publisher)
    with pytest.raises(Refused, match="may_not_publish"):
        published(town, BETTER, hands=hands)


def test_in_the_demo_one_person_is_enough(town):
    with town.write() as tx:
        enrol(tx, town.seal, NewPerson("demo", (Grant("admin", "town"),), made_by_demo=True))
    assert published(town, BETTER) == active(town) == 2


def test_whoever_brought_the_draft_in_is_its_drafter(town):
    wang, li = person(town, "wang"), person(town, "li")
    version = kept(town, BETTER, drafter=li)
    with pytest.raises(Refused, match="playbook_hands"):
        publish_playbook(town, Publication(version, hands=Signatories(publisher=li)))
    publish_playbook(town, Publication(version, hands=Signatories(publisher=wang)))
    [(codes, _)] = logged(town, "playbook_published")
    assert (codes["drafter"], codes["publisher"]) == (li, wang)


def without_road_team(store):
    """Futian without a team that no rule names."""
    files = read_folder(store.settings.playbook)
    team = rb"  JTJ-ROADS:\n(    .*\n)+"
    files["departments.yaml"], count = re.subn(team, b"", files["departments.yaml"])
    assert count == 1
    files["cases.yaml"] = files["cases.yaml"].replace(b"JTJ-ROADS", b"JTJ")
    return files


@pytest.fixture
def city(store):
    return City(store)


def test_a_unit_with_people_or_open_alerts_cannot_be_dropped(city):
    store = city.store
    handler = city.someone("handler", "JTJ-ROADS")
    version = keep_playbook(store, without_road_team(store), "", None)
    with pytest.raises(Refused, match="playbook_in_use") as refused:
        publish_playbook(store, Publication(version))
    [fault] = refused.value.faults
    assert (fault.field, fault.code, dict(fault.params)) == (
        *("JTJ-ROADS", "unit_in_use"),
        {"people": 1, "alerts": 0, "numbers": "–"},
    )
    assert active(store) == 1
    disable_person(store, handler.person_id)
    publish_playbook(store, Publication(version))
    assert active(store) == version


def test_a_unit_that_holds_an_open_alert_cannot_be_dropped(city):
    store, _ = city.store, city.report()
    city.step(city.desk, "sign", to="JTJ-ROADS")
    version = keep_playbook(store, without_road_team(store), "", None)
    with pytest.raises(Refused, match="playbook_in_use") as refused:
        publish_playbook(store, Publication(version))
    number = city.alert().number
    said = {"people": 0, "alerts": 1, "numbers": number}
    assert dict(refused.value.faults[0].params) == said


def test_publishing_moves_no_promise_that_was_made(city):
    store, _ = city.store, city.report()
    with store.read() as session:
        before = [(p.id, p.due_at, p.limit) for p in session.scalars(select(Promise))]
    files = read_folder(store.settings.playbook)
    files["promises.yaml"] = files["promises.yaml"].replace(b"dispose: 5", b"dispose: 9")
    publish_playbook(store, Publication(keep_playbook(store, files, "", None)))
    with store.read() as session:
        assert before == [(p.id, p.due_at, p.limit) for p in session.scalars(select(Promise))]
