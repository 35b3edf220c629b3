"""python -m dispatch playbook: from a draft to what decides, and back, beside an installation."""

import json
import re

import pytest
from click.testing import CliRunner
from town import FILES, as_bytes, with_change

from dispatch.cli import main
from dispatch.installation.initialise import initialise
from dispatch.settings import load_settings
from dispatch.store.transaction import Store


@pytest.fixture
def district(tmp_path, monkeypatch, sqlite_url):
    """An installation that decides by the small playbook."""
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DISPATCH_PUBLISH_HANDS", "1")
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    folder = {"DISPATCH_DATA_DIR": str(tmp_path / "data"), "DISPATCH_DATABASE_URL": sqlite_url}
    store = Store(load_settings(folder))
    initialise(store, as_bytes(FILES))
    store.close()
    return tmp_path


def said(*words: str):
    return CliRunner().invoke(main, ["playbook", *words])


def draft(folder, files):
    path = folder / "draft"
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return str(path)


def test_a_draft_is_brought_in_compared_published_and_taken_back(district):
    other = draft(district, with_change("rules.yaml", "lead: ROADS", "lead: WATER"))
    (district / "draft" / "cases.yaml").write_text(
        FILES["cases.yaml"].replace("ROADS", "WATER"), encoding="utf-8"
    )
    assert "Kept as version 2" in said("import", other, "--note", "water leads").output
    told = said("diff", "active", "2").output
    assert "rule holes: " in told
    assert "rule holes: lead: Roads → lead: Water\n" in told
    # every route that the rule decides follows, on one line
    assert told.count("route ") == 1
    assert "route hole, hole danger, hole ordinary, " in told
    assert said("publish", "2", "--note", "from today").exit_code == 0
    seen = json.loads(said("versions", "--format", "json").stdout)
    assert [(each["version"], each["active"]) for each in seen] == [(1, False), (2, True)]
    assert said("publish", "1").output == "Version 1 is published and decides from now on.\n"
    assert said("diff", "active", "1").output == "No difference\n"


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_what_is_exported_is_what_was_published(district, name):
    path = str(district / name)
    assert said("export", path).exit_code == 0
    assert said("check", path).exit_code == 0
    assert said("diff", "active", path).output == "No difference\n"
    assert "version 1, which decides already" in said("import", path).output


def test_a_refused_publication_says_why_and_leaves_no_trace(district):
    broken = draft(district, with_change("rules.yaml", "{category: leak}", "{category: hole}"))
    refused = said("publish", broken)
    assert refused.exit_code == 1
    assert "rules.yaml:10:5: rules[2]: rule leaks can never match" in refused.stderr
    assert "was not published" in refused.stderr
    assert len(json.loads(said("versions", "--format", "json").stdout)) == 1


def test_a_version_or_person_that_nobody_knows_is_refused(district):
    assert said("publish", "7").exit_code == 1
    assert said("publish", "1", "--by", "nobody").exit_code == 1
    assert said("publish", "no-such-folder").exit_code == 2
    assert said("export", str(district / "x"), "--version", "first").exit_code == 2


def test_a_file_that_is_no_archive_is_told(district):
    stray = district / "notes.zip"
    stray.write_text("no zip", encoding="utf-8")
    assert "neither a folder nor an exported playbook" in said("check", str(stray)).stderr


def test_an_empty_city_has_nothing_to_replay(district):
    told = json.loads(said("replay", "active", "--since", "30d", "--format", "json").stdout)
    assert told == {"alerts": 0, "moved": [], "load": [], "limits": [], "parts": []}
    assert "0 alerts, 0 would go elsewhere" in said("replay", "1", "--since", "2026-01-01").output
    assert said("replay", "1", "--since", "yesterday").exit_code == 2


def test_machines_get_the_whole_decision(district):
    words = ("--category", "hole", "--answer", "depth=3", "--street", "north", "--format", "json")
    told = json.loads(said("explain", "active", *words).stdout)
    assert (told["lead"], told["rule"]) == ("WATER", "deep")
    assert [each["outcome"] for each in told["trace"]["considered"]] == [
        *("matched", "lost", "lost", "missed"),
    ]
    assert json.loads(said("test", draft(district, FILES), "--format", "json").stdout) == {
        "cases": 1,
        "failed": 0,
        "faults": [],
    }


@pytest.mark.parametrize("version", ["7", "9" * 30])
@pytest.mark.parametrize(
    "words", [("diff", "active"), ("publish",), ("explain", "--category=hole")]
)
def test_a_version_that_is_not_there_is_refused_by_its_number(district, words, version):
    told = said(*words, version)
    assert told.exit_code == 1
    assert f"There is no version {version} of the playbook" in told.stderr


def test_versions_say_who_published_when_and_why(district):
    assert said("publish", "1", "--note", "back again", "--by", "admin").exit_code == 0
    [kept] = json.loads(said("versions", "--format", "json").stdout)
    [act] = kept["publications"]
    assert (act["publisher"], act["note"], act["at"][:4]) == ("Administrator", "back again", "2026")
    assert "published by Administrator" in said("versions").output


# An instant as machines write it, and values as Python prints them.
RAW = re.compile(r"\d{4}-\d\d-\d\dT|\+\d\d:\d\d|[{\[]['\"]|\b(None|True|False)\b")
CHANGES = (
    ("district.yaml", "radius_km: 5", "radius_km: 6"),
    ("calendars.yaml", "holidays: [2026-11-24]", "holidays: [2026-11-25]"),
    ("calendars.yaml", '"09:00-12:00"', '"08:30-12:00"'),
    ("ladders.yaml", "at: 80%", "at: 70%"),
    ("rules.yaml", "lead: ROADS", "lead: WATER"),
)


def changed_in(changes):
    files = dict(FILES)
    for file, old, new in changes:
        assert old in files[file], old
        files[file] = files[file].replace(old, new)
    return files


def test_no_command_prints_what_only_machines_read(district):
    other = draft(district, changed_in(CHANGES))
    outputs = [
        said(*words, "--lang", tongue).output
        for tongue in ("zh", "en")
        for words in (
            ("check", other),
            ("test", other),
            ("explain", other, "--category", "hole", "--at", "2026-11-23T10:00"),
            ("find", other, "hole"),
            ("diff", "active", other),
            ("replay", other),
            ("import", other, "--note", "wider"),
            ("publish", "1", "--note", "again", "--by", "admin"),
            ("versions",),
        )
    ]
    raw = [line for each in outputs for line in each.splitlines() if RAW.search(line)]
    assert raw == []


def test_values_that_differ_are_said_as_people_write_them(district):
    told = said("diff", "active", draft(district, changed_in(CHANGES)), "--lang", "zh").output
    for line in (
        "本区和单位 district.radius_km：5 → 6",
        "办公时间 calendars.town.week.0：09:00-12:00 → 08:30-12:00",
        "催办阶梯 ladders.usual.rungs.0.at：80% → 70%",
        "2026年11月25日",
    ):
        assert line in told
    assert "reach_km" not in told, "it follows from the radius"


def test_what_is_wrong_is_told_before_who_is_missing(district, monkeypatch):
    monkeypatch.delenv("DISPATCH_PUBLISH_HANDS")
    wrong = with_change("rules.yaml", "{category: leak}", "{category: hole}")
    refused = said("publish", draft(district, wrong), "--by", "admin")
    assert "rule leaks can never match" in refused.stderr
    assert "different people" not in refused.stderr


def test_two_people_publish_one_after_the_other(district, monkeypatch):
    monkeypatch.delenv("DISPATCH_PUBLISH_HANDS")
    better = draft(district, with_change("labels.yaml", "Order", "Ordre"))
    alone = said("publish", better, "--by", "admin")
    assert alone.exit_code == 1
    assert "takes 2 different people; 1 are named" in alone.stderr
    assert "person add NAME --role admin --at town" in alone.stderr
    second = ("person", "add", "wang", "--role", "admin", "--at", "town")
    assert CliRunner().invoke(main, second).exit_code == 0
    assert "Kept as version 2" in said("import", better, "--by", "wang").output
    assert said("publish", "2", "--by", "wang").exit_code == 1
    assert said("publish", "2", "--by", "admin").exit_code == 0
    assert said("publish", "1", "--by", "wang", "--reviewer", "admin").exit_code == 0


def test_a_year_is_loaded_by_two_people(district, monkeypatch):
    monkeypatch.delenv("DISPATCH_PUBLISH_HANDS")
    notice = district / "2028.yaml"
    notice.write_text("source: x\nholidays: [2028-01-03]\nworking_days: []\n")
    load = ("promises", "load-year", "2028", str(notice))
    alone = CliRunner().invoke(main, load)
    assert "takes 2 different people; 0 are named" in alone.stderr
    add = ("person", "add", "wang", "--role", "supervisor", "--at", "town")
    assert CliRunner().invoke(main, add).exit_code == 0
    loaded = CliRunner().invoke(main, [*load, "--drafter", "wang", "--by", "admin"])
    assert (loaded.exit_code, "playbook version 2" in loaded.output) == (0, True)
