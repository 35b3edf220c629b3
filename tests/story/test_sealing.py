"""What somebody would find who takes the database away: no name, no account, no secret."""

import pytest
from callers import PASSWORD
from signing_in import sign_in
from sqlalchemy import inspect, select, text

from dispatch.domain.roles import Grant
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import LINK, find_person
from dispatch.store.sealing import identities, reporter_of
from dispatch.store.tables import SealedLink

pytestmark = pytest.mark.both_databases

NAME, LOGIN = "欧阳志愿", "ouyang.zhiyuan"


@pytest.fixture
def reporter(city, store):
    """A volunteer with every kind of secret, who has reported a hole in the road."""
    volunteer = Grant("volunteer", "street-futian")
    person = add_person(store, NewPerson(NAME, (volunteer,), LOGIN), city.organisation)
    link = make_token(store, person, LINK)
    choose_password(store, link, PASSWORD)
    session = sign_in(store, LOGIN, PASSWORD, "10.0.0.8")
    token = make_token(store, person)
    teller = city.stranger()
    teller.token, teller.id = token, person
    return teller, (link, session.secret, token)


def everything_in(store) -> str:
    """Each value of each row as text."""
    return "\n".join(str(value) for row in all_rows(store) for value in row)


def stands_in(found: str, hidden: str) -> bool:
    """As it is, as JSON escapes it, or inside of bytes."""
    return any(form in found for form in (hidden, escaped(hidden), str(hidden.encode())[2:-1]))


def as_they_lie(store):
    """The order in which the database keeps rows, without any key of ours."""
    return text("rowid" if store.is_sqlite else "ctid")


def escaped(words: str) -> str:
    return ascii(words)[1:-1]


def all_rows(store):
    with store.read() as session:
        for table in inspect(session.connection()).get_table_names():
            yield from session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - our names


def test_no_name_account_or_secret_stands_in_any_row(store, reporter):
    teller, secrets = reporter
    teller.reports()
    found = everything_in(store)
    for hidden in (NAME, LOGIN, PASSWORD, *secrets):
        assert not stands_in(found, hidden), hidden


def test_the_files_hold_no_name_account_or_secret(store, reporter, sqlite_file):
    teller, secrets = reporter
    teller.reports()
    folders = [store.data_dir, *([sqlite_file.parent] if store.is_sqlite else [])]
    found = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    files = [file for file in found if file.name != "seal.key"]
    assert not store.is_sqlite or any(".sqlite3" in file.name for file in files)
    for file in files:
        content = file.read_bytes()
        for hidden in (NAME, LOGIN, PASSWORD, *secrets):
            for written in (hidden.encode(), hidden.encode("utf-16-le"), escaped(hidden).encode()):
                assert written not in content, f"{hidden} stands in {file.name}"


def test_nobody_else_on_the_machine_reads_the_key(store, reporter):
    """Without it the rows below tell nobody who reported."""
    key = store.data_dir / "seal.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text()) >= 64


def test_the_order_of_sealed_rows_tells_nothing(store, reporter):
    """Two rows an alert, from the alert to the person and back; which is first is chance."""
    teller, _ = reporter
    alerts = [teller.reports().id for _ in range(24)]
    with store.read() as session:
        refs = list(session.scalars(select(SealedLink.ref).order_by(as_they_lie(store))))
    firsts = refs[::2]
    from_alerts = {store.seal.ref("alert", alert) for alert in alerts}
    assert 0 < len(from_alerts & set(firsts)) < len(alerts)


def test_the_search_finds_what_does_stand_there(store, reporter):
    teller, _ = reporter
    alert = teller.reports(text="人行道上的井盖不见了")
    found = everything_in(store)
    assert alert.id in found
    assert stands_in(found, "人行道上的井盖不见了")


def test_no_row_holds_both_the_person_and_the_alert(store, reporter):
    teller, _ = reporter
    alert = teller.reports()
    for row in all_rows(store):
        told = str(tuple(row))
        assert not (alert.id in told and teller.id in told), told


def test_with_the_key_the_reporter_can_be_told_and_named(store, reporter):
    teller, _ = reporter
    alert = teller.reports()
    with store.read() as session:
        assert reporter_of(session, store.seal, alert.id) == teller.id
        assert identities(session, store.seal, [teller.id])[teller.id]["name"] == NAME
        assert find_person(session, store.seal, LOGIN.upper()).id == teller.id
