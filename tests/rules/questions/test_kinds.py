"""Each kind of question, in all that is made of it; a new kind is told which piece it lacks."""

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from json_schema import faults as schema_faults
from town import FILES, as_bytes, town
from wording import words_to_write

from dispatch.errors import Refused
from dispatch.rules import questions
from dispatch.rules.book.loading import load
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.intake.report_form import read_report
from dispatch.rules.language.faults import PlaybookFaults, PlaybookRefused
from dispatch.rules.language.yaml_reader import read
from dispatch.rules.questions.answers import Choice, UnreadableAnswerError, Wording
from dispatch.rules.questions.kind import Kind
from dispatch.rules.questions.kinds import KINDS, answer_in_words
from dispatch.rules.telling import faces
from dispatch.rules.telling.schema import playbook_schema

FILE = "tests/rules/questions/test_kinds.py"
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
SHAPES = (
    Choice("round", {"zh": "圆", "en": "Round"}),
    Choice("square", {"zh": "方", "en": "Square"}),
)
NAMES = {"WATER": "水务局"}
TO_ANY = Wording("zh_Hans_CN", "zh", ZoneInfo("Asia/Shanghai"), SHAPES, NAMES.__getitem__)
CHOICES = ", choices: {round: {zh: 圆, en: Round}, square: {zh: 方, en: Square}}"

# kind: (what else the playbook writes, what is sent, what is kept, what is typed, what is told)
EXAMPLES = {
    "text": ("", " 13800138000 的井 ", "*********00 的井", "深", "深"),
    "number": ("", 2.5, 2.5, "2.5", "2.5"),
    "choice": (CHOICES, "round", "round", "round", "圆"),
    "choices": (CHOICES, ["square", "round"], ("square", "round"), "square,round", "方"),
    "yes_no": ("", True, True, "true", "是"),
    "date_time": (
        "",
        "2026-11-22T10:00:00+08:00",
        "2026-11-22T02:00:00+00:00",
        "2026-11-22T10:00",
        "2026-11-22 10:00",
    ),
    "unit": ("", "WATER", "WATER", "WATER", "水务局"),
}
# kind: what is sent and refused, with the code of its fault
WRONG = {
    "text": [(7, "wrong_type"), ("a" * 501, "too_long")],
    "number": [("2", "wrong_type"), (True, "wrong_type"), (1e10, "out_of_range")],
    "choice": [("oval", "unknown_value"), (["round"], "unknown_value")],
    "choices": [("round", "wrong_type"), (["oval"], "unknown_value")],
    "yes_no": [("yes", "wrong_type"), (1, "wrong_type")],
    "date_time": [("yesterday", "not_a_time"), ("2027-01-01T00:00:00Z", "in_the_future")],
    "unit": [("FIRE", "unknown_value"), ("town", "unknown_value"), (["WATER"], "unknown_value")],
}
TYPED_WRONG = {
    "number": ("two", "not_number"),
    "choice": ("oval", "unknown_choice"),
    "choices": ("round,oval", "unknown_choice"),
    "yes_no": ("yes", "not_flag"),
    "date_time": ("yesterday", "not_date_time"),
}


def asked(kind, more=""):
    """The small playbook with one more question, of this kind."""
    field = f"      thing: {{kind: {kind}, label: Thing{EXAMPLES[kind][0]}{more}}}\n"
    depth = "      depth: {kind: number, label: Depth}\n"
    return town("categories.yaml", depth, depth + field)


def reported(book, value):
    answers = {"urgency": "danger", "thing": value}
    body = {"category": "hole", "text": "a hole", "grid": "north-1-1", "answers": answers}
    return read_report(book, body, NOW).answers


def test_every_file_with_a_kind_is_in_the_table():
    files = [file for file in Path(questions.__file__).parent.glob("*.py") if file.stem != "kinds"]
    modules = [import_module(f"{questions.__name__}.{file.stem}") for file in files]
    made = [each for module in modules for each in vars(module).values() if isinstance(each, Kind)]
    lost = sorted({kind.name for kind in made if kind not in KINDS.values()})
    assert not lost, f"put these into dispatch/rules/questions/kinds.py: {lost}"


def test_every_kind_has_an_example_and_mistakes_in_this_file():
    assert EXAMPLES.keys() == KINDS.keys(), f"write an example of each into EXAMPLES of {FILE}"
    assert WRONG.keys() == KINDS.keys(), f"write what is refused into WRONG of {FILE}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_words(kind):
    lacking = words_to_write(KINDS[kind].words)
    assert not lacking, f"write for {kind}: {'; '.join(lacking)}"


@pytest.mark.parametrize("kind", EXAMPLES)
def test_editors_are_offered_every_kind(kind):
    schema = playbook_schema()
    offered = {each["const"]: each["title"] for each in schema["$defs"]["kind"]["anyOf"]}
    assert offered.keys() == KINDS.keys()
    assert " / " in offered[kind]
    field = f"{{kind: {kind}, label: Thing{EXAMPLES[kind][0]}}}"
    node = read(field.encode(), "field.yaml", PlaybookFaults())
    assert node is not None
    assert list(schema_faults(node.plain(), schema["$defs"]["field"], schema)) == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_what_is_sent_is_kept_as_its_kind_reads_it(kind):
    _, sent, kept, _, _ = EXAMPLES[kind]
    assert reported(asked(kind), sent)["thing"] == kept


@pytest.mark.parametrize(("kind", "sent", "code"), [(k, *w) for k, ws in WRONG.items() for w in ws])
def test_what_does_not_fit_is_refused_at_its_field(kind, sent, code):
    with pytest.raises(Refused) as refused:
        reported(asked(kind), sent)
    [fault] = refused.value.faults
    assert (fault.field.split(".")[:2], fault.code) == (["answers", "thing"], code)


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_no_answer_is_missing_only_where_one_is_required(kind, nothing):
    assert "thing" not in reported(asked(kind), nothing)
    with pytest.raises(Refused) as refused:
        reported(asked(kind, ", required: true"), nothing)
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [
        ("answers.thing", "missing")
    ]


def test_words_of_nothing_but_blanks_are_no_answer():
    assert "thing" not in reported(asked("text"), "\u200b ")
    with pytest.raises(Refused, match=r"answers\.thing"):
        reported(asked("text", ", required: true"), "\u200b ")


@pytest.mark.parametrize("kind", EXAMPLES)
def test_what_is_typed_is_read_as_its_kind_reads_it(kind):
    *_, typed, _ = EXAMPLES[kind]
    kept = KINDS[kind].from_text(typed, SHAPES)
    assert kept == (typed if kind in {"text", "date_time"} else EXAMPLES[kind][2])


@pytest.mark.parametrize("kind", TYPED_WRONG)
def test_what_is_typed_wrong_is_told(kind):
    typed, code = TYPED_WRONG[kind]
    with pytest.raises(UnreadableAnswerError) as wrong:
        KINDS[kind].from_text(typed, SHAPES)
    assert wrong.value.code == code


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_answer_is_told_in_words(kind):
    _, _, kept, typed, told = EXAMPLES[kind]
    answer = typed if kind == "text" else kept
    one = answer[0] if isinstance(answer, tuple) else answer
    assert answer_in_words(one, kind, TO_ANY) == told


def test_an_answer_whose_question_is_gone_is_told_as_it_stands():
    answer = False
    assert answer_in_words("oval", "choice", TO_ANY) == "oval"
    assert answer_in_words("round", None, TO_ANY) == "round"
    assert answer_in_words(answer, "choice", TO_ANY) == "否"
    assert answer_in_words("soon", "date_time", TO_ANY) == "soon"


@pytest.mark.parametrize("kind", EXAMPLES)
def test_faces_are_told_every_kind_with_its_choices(kind):
    [hole] = [each for each in faces.forms(asked(kind))["categories"] if each["code"] == "hole"]
    field = hole["fields"][2]
    assert field["kind"] == kind
    offered = {"choice": ["round", "square"], "choices": ["round", "square"]}
    units = ["north", "south", "ROADS", "ROADS-TEAM", "WATER"]
    assert [each["id"] for each in field["choices"]] == (offered | {"unit": units}).get(kind, [])


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_rule_can_ask_for_the_answer(kind):
    kept = EXAMPLES[kind][2]
    wanted = kept[0] if isinstance(kept, tuple) else kept
    written = str(wanted).lower() if isinstance(wanted, bool | int | float) else f'"{wanted}"'
    field = f"      thing: {{kind: {kind}, label: Thing{EXAMPLES[kind][0]}}}\n"
    rule = f"  - {{id: new, when: {{category: hole, answer: {{thing: {written}}}}}, lead: WATER}}\n"
    files = FILES | {
        "categories.yaml": FILES["categories.yaml"].replace(
            "      depth:", field + "      depth:", 1
        ),
        "rules.yaml": FILES["rules.yaml"].replace("rules:\n", f"rules:\n{rule}", 1),
    }
    book = load(as_bytes(files))
    assert decide(book, Facts("hole", NOW, answers={"thing": kept})).rule == "new"
    assert decide(book, Facts("hole", NOW)).rule == "holes"


def test_choices_belong_to_kinds_that_have_them():
    with pytest.raises(PlaybookRefused, match="choices and the kind choice"):
        town("categories.yaml", "depth: {kind: number", "depth: {kind: choice")
    with pytest.raises(PlaybookRefused, match="choices and the kind number"):
        town("categories.yaml", "depth: {kind: number", "depth: {kind: number, choices: {a: A}")


@pytest.mark.parametrize("number", [-1e9, 1e9])
def test_a_number_at_either_bound_is_taken(number):
    assert reported(asked("number"), number)["thing"] == number


@pytest.mark.parametrize(
    ("written", "label"), [("{label: How deep}", "How deep"), ("{required: true}", "How bad")]
)
def test_a_shared_question_is_called_as_its_category_says_or_as_it_says_itself(written, label):
    book = town("categories.yaml", "urgency: {required: true}", f"urgency: {written}")
    assert book.categories["hole"].fields[0].label["en"] == label
