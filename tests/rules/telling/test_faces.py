"""What the faces get from Futian's playbook: forms to fill in, land to draw, words for ids."""

import json
from dataclasses import replace

import pytest
from town import town

from dispatch.rules.book.category import FormField
from dispatch.rules.book.loading import load_folder
from dispatch.rules.conditions.tree import All, AnyOf, Leaf, Not
from dispatch.rules.language.nodes import Node
from dispatch.rules.telling import faces
from dispatch.settings import load_settings


@pytest.fixture(scope="module")
def futian():
    return load_folder(load_settings({}).playbook)


def test_emergency_numbers_come_before_any_form(futian):
    assert [each["number"] for each in faces.forms(futian)["emergency"]] == ["119", "120", "110"]


def test_every_category_has_a_form_in_both_languages(futian):
    forms = faces.forms(futian)
    assert forms["version"] == futian.hash
    assert {form["code"] for form in forms["categories"]} == futian.categories.keys()
    assert forms["units"].keys() == futian.units.keys()
    for form in forms["categories"]:
        assert form.keys() == {
            *("code", "label", "family", "icon", "life_safety", "household", "common"),
            *("fields", "photos", "parents"),
            *("say", "words", "emergency", "advice", "accusation", "choice"),
        }
        assert set(form["parents"]) <= forms["groups"].keys()
        assert form["label"].keys() == {"zh", "en"}
        for field in form["fields"]:
            assert field["label"].keys() == {"zh", "en"}
            assert bool(field["choices"]) == (field["kind"] in {"choice", "choices", "unit"})


def test_pinyin_is_told_where_kinds_are_named_in_characters(futian):
    assert "井" in faces.forms(futian)["sounds"]["jing"]
    assert faces.forms(town())["sounds"] == {}
    named = town("categories.yaml", "label: Hole\n", "label: {zh: 坑, en: Hole}\n")
    assert "坑" in faces.forms(named)["sounds"]["keng"]


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("城管", "CGJ"),
        ("住建", "ZJJ"),
        ("市监", "SCJG"),
        ("卫健", "WJJ"),
        ("环保", "STJ"),
        ("交警", "JJDD"),
        ("交通局", "JTJ"),
        ("燃气公司", "GASCO"),
    ],
)
def test_units_are_told_with_what_everybody_calls_them(futian, said, unit):
    named = [each for each, words in faces.forms(futian)["unit_words"].items() if said in words]
    assert named == [unit]
    assert all(each in faces.forms(futian)["units"] for each in named)


def test_the_districts_land_is_geojson_marked_schematic(futian):
    land = faces.places(futian)
    assert land["schematic"] is True
    assert {level: len(land[level]["features"]) for level in ("streets", "grids")} == {
        "streets": 10,
        "grids": 40,
    }
    street = land["streets"]["features"][0]
    assert street["properties"]["level"] == "street"
    assert street["properties"]["label"]["zh"].endswith("街道")
    assert street["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_the_same_playbook_gives_the_same_bytes(futian):
    once, again = (json.dumps([faces.places(futian), faces.forms(futian)]) for _ in range(2))
    assert once == again


def test_labels_have_words_and_an_icon_for_every_id(futian):
    labels = faces.labels(futian)
    assert labels["units"].keys() == futian.units.keys()
    assert labels["categories"].keys() == futian.categories.keys()
    assert all(each["zh"] and each["icon"] for each in labels["categories"].values())


def test_a_condition_that_is_no_list_of_answers_goes_to_the_phone_whole():
    depth = "      depth: {kind: number, label: Depth}\n"
    whole = "{any: [{answer: {smoke: true}}, {answer: {depth: {at_least: 2}}}]}"
    more = "      smoke: {kind: yes_no, label: Smoke}\n"
    more += f"      far: {{kind: text, label: Far, shown_when: {whole}}}\n"
    book = town("categories.yaml", depth, depth + more)
    [hole] = [each for each in faces.forms(book)["categories"] if each["code"] == "hole"]
    far = hole["fields"][3]
    assert far["shown_when"] is None
    assert far["asked_when"] == {
        "any": [{"answer.smoke": {"is": True}}, {"answer.depth": {"at_least": 2}}]
    }


AT = Node("categories.yaml", 1, 1, None)


def leaf(fact, *accepts: str):
    accepted = frozenset(accepts) or None
    return Leaf(fact, accepts, see=str, holds=bool, at=AT, accepts=accepted)


DANGER = leaf("answer.urgency", "danger", "disrupts")
WET = leaf("answer.wet", "yes")


@pytest.mark.parametrize(
    ("condition", "shown_when"),
    [
        (None, None),
        (DANGER, {"urgency": ["danger", "disrupts"]}),
        (All((DANGER, WET)), {"urgency": ["danger", "disrupts"], "wet": ["yes"]}),
        (AnyOf((DANGER, WET)), None),
        (Not(DANGER), None),
        (All((DANGER, leaf("street", "futian"))), None),
        (leaf("answer.depth"), None),
    ],
)
def test_a_question_is_hidden_only_for_answers_that_a_face_can_look_at(
    futian, condition, shown_when
):
    category = next(iter(futian.categories.values()))
    field = FormField("depth", "text", {"zh": "深度", "en": "Depth"}, required=False)
    asked = replace(category, fields=(replace(field, shown_when=condition),))
    forms = faces.forms(replace(futian, categories={category.code: asked}))
    assert forms["categories"][0]["fields"][0]["shown_when"] == shown_when


def test_a_manhole_without_its_cover_can_be_said_where_nothing_can_be_read(futian):
    choices = [each["choice"]["zh"] for each in faces.forms(futian)["categories"] if each["choice"]]
    assert [each for each in choices if "井盖没了" in each] == [
        "井盖没了，或者没有字、看不清、电信、其他"
    ]
