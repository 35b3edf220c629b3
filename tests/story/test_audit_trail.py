"""Whoever takes data out, or reads of somebody's home without acting on it, is written down."""

import hashlib
import html
import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import select

from dispatch.app import create_app
from dispatch.blueprints import audit as pages_of_the_trail
from dispatch.domain.roles import Grant
from dispatch.store.audit import AuditEvent
from dispatch.store.tables import AuditEntry
from dispatch.store.transaction import Store

pytestmark = pytest.mark.both_databases


def trail(store, code):
    with store.read() as session:
        rows = select(AuditEntry).where(AuditEntry.code == code).order_by(AuditEntry.seq)
        return session.scalars(rows).all()


def downloads(person, address):
    answer = person.http.get(
        f"/api/v1/reports/{address}", headers={"Authorization": f"Bearer {person.token}"}
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer


def test_a_file_that_somebody_takes_along_is_told_with_its_filter_and_rows(city, store):
    city.volunteer().reports()
    city.clock.jump(days=9)
    sheet = downloads(city.supervisor(), "overdue.csv?street=street-futian").text
    [row] = trail(store, "exported")
    assert row.actor == city.supervisor().id
    assert row.codes["name"] == "overdue.csv"
    assert row.codes["filter"] == {"street": "street-futian"}
    assert row.codes["rows"] == len(sheet.splitlines()) - 1 > 0


def test_figures_on_a_screen_are_no_export(city, store):
    downloads(city.supervisor(), "overdue")
    assert trail(store, "exported") == []


def test_staff_who_read_of_a_home_without_acting_on_it_are_told(city, store):
    wages = city.volunteer().reports("N0201", answers={}, text="包工头两个月没有发工资")
    city.street().sees(wages)
    city.street().sees(wages)
    [row] = trail(store, "words_read")
    assert (row.actor, row.alert_id) == (city.street().id, wages.id)


def test_whoever_acts_on_it_reads_it_for_that(city, store):
    wages = city.volunteer().reports("N0201", answers={}, text="包工头两个月没有发工资")
    city.street().takes("note", wages, note="去看过了")
    city.street().sees(wages)
    assert trail(store, "words_read") == []


def test_a_reporter_reads_their_own_words_and_supervisors_read_none(city, store):
    wages = city.volunteer().reports("N0201", answers={}, text="包工头两个月没有发工资")
    assert city.volunteer().sees(wages)["text"]
    assert city.supervisor().sees(wages)["text"] is None
    assert trail(store, "words_read") == []


def a_home_with_a_photo(city):
    """An alert of a household, and the addresses of its photo: whole and small."""
    photo = a_photo()
    digest = hashlib.sha256(photo).hexdigest()
    volunteer = city.volunteer()
    wages = volunteer.reports("N0201", answers={}, text="包工头两个月没有发工资", photos=[digest])
    volunteer.sends_photo(wages, photo)
    address = f"/api/v1/alerts/{wages.id}/photos/{digest}"
    return wages, address, f"{address}/thumb"


def a_photo():
    file = io.BytesIO()
    Image.new("RGB", (40, 60), "grey").save(file, "JPEG")
    return file.getvalue()


def test_staff_who_look_at_a_photo_of_a_home_are_told_as_of_its_words(city, store):
    wages, whole, thumb = a_home_with_a_photo(city)
    for address in (thumb, whole, whole, thumb):
        assert looks(city.street(), address).status_code == 200
    [row] = trail(store, "photo_seen")
    assert (row.actor, row.alert_id) == (city.street().id, wages.id)


def test_small_photos_beside_the_words_belong_to_that_reading(city, store):
    wages, whole, thumb = a_home_with_a_photo(city)
    city.street().sees(wages)
    looks(city.street(), thumb)
    assert trail(store, "photo_seen") == []
    looks(city.street(), whole)
    assert [row.actor for row in trail(store, "photo_seen")] == [city.street().id]


def test_reporters_and_those_at_work_look_at_photos_untold(city, store):
    wages, whole, _ = a_home_with_a_photo(city)
    city.street().takes("note", wages, note="去看过了")
    assert looks(city.volunteer(), whole).status_code == 200
    assert looks(city.street(), whole).status_code == 200
    assert looks(city.supervisor(), whole).status_code == 404
    assert trail(store, "photo_seen") == []


def test_a_hole_in_the_road_is_everybodys(city, store):
    city.street().sees(city.volunteer().reports())
    assert trail(store, "words_read") == []


def looks(person, address):
    shown = {"Authorization": f"Bearer {person.token}"}
    return person.http.get(address, headers=shown)


@pytest.fixture
def read(city):
    """Staff read of a home, a supervisor takes a file along, a volunteer has come in."""
    wages = city.volunteer().reports("N0201", answers={}, text="包工头两个月没有发工资")
    city.street().sees(wages)
    downloads(city.supervisor(), "overdue.csv")
    return wages


def test_an_auditor_reads_who_did_what_and_no_word_of_it(city, read):
    page = looks(city.auditor(), "/audit").text
    assert "查看入户类事项的内容" in page
    assert read.seen["number"] in page
    assert "overdue.csv" in page
    assert "包工头" not in page
    assert city.volunteer().id not in page, "volunteers stand in it without a name"


def test_an_auditor_looks_for_one_thing(city, read):
    auditor = city.auditor()
    rows = {
        "code=words_read": {"查看入户类事项的内容"},
        f"alert={read.seen['number']}": {"查看入户类事项的内容"},
        f"who={city.supervisor().id}&code=exported": {"导出文件"},
        "to=2020-01-01": set(),
    }
    for asked, wanted in rows.items():
        page = looks(auditor, f"/audit?{asked}").text.partition("</form>")[2]
        named = {"查看入户类事项的内容", "导出文件", "新建账号"}
        assert {each for each in named if each in page} == wanted, asked


def test_what_an_auditor_takes_along_is_told_too(city, store, read):
    sheet = looks(city.auditor(), "/api/v1/audit.csv?code=words_read")
    assert len(sheet.text.splitlines()) == 2
    assert sheet.headers["Cache-Control"] == "no-store"
    own = trail(store, "exported")[-1]
    assert (own.actor, own.codes["name"]) == (city.auditor().id, "audit.csv")
    assert (own.codes["filter"], own.codes["rows"]) == ({"code": "words_read"}, 1)


@pytest.mark.parametrize(
    ("name", "account", "is_kept_as", "is_read_as"),
    [
        ("street", "%20STREET%20", "the id", "筛选条件 账号 street (street) ·"),
        ("volunteer", "volunteer", "volunteer", "筛选条件 账号 平安志愿者 ·"),
    ],
)
def test_whom_a_file_was_asked_about_stands_in_no_row_by_account(
    city, store, name, account, is_kept_as, is_read_as
):
    somebody = city.person(name)
    assert looks(city.auditor(), f"/api/v1/audit.csv?who={account}").status_code == 200
    [row] = trail(store, "exported")
    kept = somebody.id if is_kept_as == "the id" else is_kept_as
    assert row.codes["filter"] == {"who": kept}
    assert is_read_as in looks(city.auditor(), "/audit?code=exported").text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("code=nonsense", 422),
        ("since=2026-01-01", 422),
        ("from=yesterday", 422),
        ("before=x", 422),
        ("before=%F0%9D%9F%99", 422),
        ("before=99999999999999999999", 422),
    ],
)
def test_what_makes_no_sense_is_refused(city, asked, status):
    assert looks(city.auditor(), f"/audit?{asked}").status_code == status


@pytest.mark.parametrize(
    ("asked", "said"), [("who=nobody", "没有这个账号"), ("alert=1", "没有这个编号")]
)
def test_a_slip_in_the_form_is_said_beside_it(city, asked, said):
    page = looks(city.auditor(), f"/audit?{asked}")
    assert page.status_code == 200
    assert said in page.text
    assert "<form" in page.text
    assert looks(city.auditor(), f"/api/v1/audit.csv?{asked}").status_code == 404


def test_an_auditor_turns_the_pages_to_the_first_entry_and_back(city, read, monkeypatch):
    monkeypatch.setattr(pages_of_the_trail, "_ON_A_PAGE", 1)
    auditor, address, seen = city.auditor(), "/audit?code=role_granted", []
    while address:
        page = looks(auditor, address).text
        seen += [int(each) for each in re.findall(r"第 (\d+) 条", page)]
        older = re.search(r'href="(\?[^"]*before=\d+)"', page)
        address = f"/audit{html.unescape(older[1])}" if older else None
    assert len(seen) == 4
    assert seen == sorted(set(seen), reverse=True), "each once, the newest first"
    assert f"共 {len(seen)} 条" in page, "the count is that of all pages"
    assert 'href="?code=role_granted"' in page, "and back to the newest"


def test_it_says_who_did_it_where_no_account_stands_there(city, store, read):
    with store.write() as tx:
        tx.audit(AuditEvent("sign_in_failed", by_day=True))
        tx.audit(AuditEvent("token_expired", person=city.supervisor().id))
    page = looks(city.auditor(), "/audit").text
    rows = [re.sub(r"<[^>]+>|\s", " ", row) for row in page.split("<tr>")[2:]]

    def row_of(word):
        return next(row for row in rows if word in row)

    assert "未知账号" in row_of("账号或密码错误")
    assert "系统自动" in row_of("访问令牌到期")
    assert "服务器命令行" in row_of("授予岗位")
    [volunteer] = [row for row in rows if "平安志愿者" in row and "新建" in row]
    said = volunteer.split()[-3:]
    assert said == ["新建账号", "服务器命令行", "平安志愿者"], "it was done to the volunteer"


def test_whoever_holds_two_of_three_roles_that_are_kept_apart_reads_nothing(city, engines):
    both = city.auditor().also(Grant("admin", "futian"))
    strict = Store(replace(city.store.settings, three_admins=True), engines)
    http = create_app(strict.settings, strict).test_client()
    shown = {"Authorization": f"Bearer {both.token}"}
    for address in ("/audit", "/api/v1/audit.csv"):
        assert looks(both, address).status_code == 200
        assert http.get(address, headers=shown).status_code == 409
    strict.decoder.stop()
