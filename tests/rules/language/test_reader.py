"""Hostile and honest files: refused by name and place, or read with every mark."""

import codecs
import resource
import time

import hungry
import pytest
from town import FILES, as_bytes

from dispatch.rules.book.loading import load
from dispatch.rules.language.bounds import GEOJSON_BOUNDS, Bounds
from dispatch.rules.language.faults import PlaybookFaults, PlaybookRefused
from dispatch.rules.language.yaml_reader import read


def faults_in(content, bounds=None):
    faults = PlaybookFaults()
    read(content, "x.yaml", faults, bounds or Bounds())
    return [(fault.line, fault.column, fault.code) for fault in faults.found]


HOSTILE = {
    "100,000 brackets on one line": (b"[" * 100_000, (1, 1, "line_too_long")),
    "100,000 brackets on lines": (b"[\n" * 100_000, (25, 1, "too_deep")),
    "100,000 braces": (b"{a: " * 15_000, (1, 97, "too_deep")),
    "dashes": (b"- " * 30_000, (1, 49, "too_deep")),
    "an alias bomb": (b"a: &a [x]\nb: [*a, *a]\n", (1, 4, "anchor")),
    "an alias alone": (b"a: 1\nb: *a\n", (2, 4, "alias")),
    "a Python object": (b"a: !!python/object:os.system x", (1, 4, "tag")),
    "a second document": (b"a: 1\n---\nb: 2\n", (2, 1, "second_document")),
    "a list as a key": (b"[1]: 2", (1, 1, "key_not_text")),
    "a list as a question mark key": (b"? - a\n: b", (1, 3, "key_not_text")),
    "an open bracket": (b"a: [1, 2\nb: 3", (2, 2, "not_yaml")),
    "a control character": (b"a: \x00", (1, 1, "not_yaml")),
    "no UTF-8": (b"a: 1\nb: \xff", (2, 1, "not_utf8")),
    "nothing": (b"", (1, 1, "empty_file")),
    "only a comment": (b"# nothing\n", (1, 1, "empty_file")),
    "8 MiB and a byte": (b"#" * (8 * 2**20 + 1), (1, 1, "too_big")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_quickly_with_its_place(name):
    content, wanted = HOSTILE[name]
    started = time.process_time()

    assert faults_in(content) == [wanted]

    assert time.process_time() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2**20  # KiB; the suite's own too


def test_only_true_false_null_and_plain_numbers_are_not_text():
    text = (
        "[9:30, 0310001, no, yes, ~, 1_000, 0x1F, 1e3, .5, 2026-11-23, '7', -3, 2.50, true, null]"
    )
    root = read(text.encode(), "x.yaml", PlaybookFaults())
    assert root.plain() == [
        *("9:30", "0310001", "no", "yes", "~", "1_000", "0x1F", "1e3", ".5", "2026-11-23", "7"),
        *(-3, 2.5, True, None),
    ]


def test_the_second_of_equal_keys_is_pointed_at():
    faults = PlaybookFaults()
    root = read(b"a: 1\nb:\n  c: 2\n  c: 3\n", "x.yaml", faults)
    [fault] = faults.found
    assert (fault.line, fault.column, fault.path, fault.code) == (4, 3, "b.c", "duplicate_key")
    assert fault.params == {"name": "c", "first": "3"}
    assert root.plain() == {"a": 1, "b": {"c": 2}}


def test_every_value_knows_its_line_its_column_and_the_way_to_it():
    root = read("甲:\n  - {乙: 值}\n".encode(), "x.yaml", PlaybookFaults())
    value = root.value["甲"].value[0].value["乙"]
    assert (value.line, value.column, value.path) == (2, 9, "甲[0].乙")


def test_the_longest_line_and_the_deepest_list_are_still_read():
    assert faults_in(b"#" * 2**16 + b"\na: 1\n") == []
    assert faults_in(b"#" * (2**16 + 1) + b"\na: 1\n") == [(1, 1, "line_too_long")]
    assert faults_in(b"[" * 24 + b"]" * 24) == []
    assert faults_in(b"[" * 25 + b"]" * 25) == [(1, 25, "too_deep")]


def test_a_file_holds_so_many_values_and_not_one_more():
    bounds = Bounds(nodes=1000)
    assert faults_in(b"- a\n" * 999, bounds) == []
    assert faults_in(b"- a\n" * 1000, bounds) == [(1000, 3, "too_many_nodes")]
    assert faults_in(b"".join(b"k%d: v\n" % n for n in range(500)), bounds) == [
        (500, 7, "too_many_nodes")
    ]
    assert Bounds().nodes == 400_000


def test_a_map_may_have_long_lines_and_more_values():
    polygon = b"[" + b"[1.5,2.5]," * 10_000 + b"[1.5,2.5]]"
    assert faults_in(polygon) == [(1, 1, "line_too_long")]
    assert faults_in(polygon, GEOJSON_BOUNDS) == []


@pytest.fixture(scope="module")
def measured():
    return hungry.measured()


REFUSED = {
    "a real map of 15 MiB": None,
    "199,999 unknown keys": (1, 1, "unknown_key"),
    "100,000 brackets": (25, 1, "too_deep"),
    "three million points": (3, 44, "too_many_points"),
    "a million points in one ring": (3, 12, "ring_too_long"),
    "a million points in four rings": (3, 12, "tangled_polygon"),
    "fifteen million brackets": (3, 44, "too_many_points"),
    "seven million numbers": (3, 12, "not_polygon"),
    "a comb of 100,000 points": (3, 12, "tangled_polygon"),
}


@pytest.mark.parametrize("name", hungry.HUNGRY)
def test_a_hungry_file_takes_less_than_two_seconds_and_200_mib(measured, name):
    told = measured[name]
    assert [tuple(fault) for fault in told["faults"][:1]] == [REFUSED[name]][: bool(REFUSED[name])]
    assert told["seconds"] < 2
    assert told["mib"] < 200


def test_after_a_thousand_mistakes_the_rest_is_not_read(measured):
    faults = measured["199,999 unknown keys"]["faults"]
    assert len(faults) == 1001
    assert {code for _, _, code in faults} == {"unknown_key", "too_many_faults"}


@pytest.mark.parametrize("name", ["rules.yaml", "places.geojson", "district.yaml"])
def test_a_byte_order_mark_anywhere_is_read(name):
    files = as_bytes(FILES)
    one_line = b" ".join(files[name].splitlines()) if name.endswith("geojson") else files[name]
    files[name] = codecs.BOM_UTF8 + one_line + codecs.BOM_UTF8
    assert load(files).rules.rules[0].id == "deep"


@pytest.mark.parametrize(
    ("written", "encoding", "code", "zh"),
    [
        ("whistle: 发令\n", "utf-16", "is_utf16", "这是 UTF-16（记事本里叫 Unicode）编码"),
        ("whistle: 发令\n", "utf-16-be", "is_utf16", "这是 UTF-16（记事本里叫 Unicode）编码"),
        ("whistle: 发令\n", "utf-16-le", "is_utf16", "这是 UTF-16（记事本里叫 Unicode）编码"),
        ("whistle: Order\n", "utf-16-le", "is_utf16", "这是 UTF-16（记事本里叫 Unicode）编码"),
        (
            "whistle: 街道吹哨，部門報到\n",
            "big5",
            "is_gbk_or_big5",
            "这不是 UTF-8（是 GBK 或 Big5）",
        ),
        ("whistle: 街道辦事處\n", "big5", "is_gbk_or_big5", "这不是 UTF-8（是 GBK 或 Big5）"),
        ("whistle: 街道吹哨，部门报到\n", "gbk", "is_gbk", "这是 GBK（ANSI）编码"),
    ],
)
def test_an_encoding_is_told_by_its_name(written, encoding, code, zh):
    with pytest.raises(PlaybookRefused) as refused:
        load(as_bytes(FILES) | {"labels.yaml": written.encode(encoding)})
    [fault] = refused.value.faults
    assert (fault.file, fault.line, fault.code) == ("labels.yaml", 1, code)
    assert zh in fault.sentence("zh_Hans_CN")


def test_gbk_is_told_as_gbk():
    files = as_bytes(FILES) | {"labels.yaml": "whistle: 发令\n".encode("gbk")}
    with pytest.raises(PlaybookRefused) as refused:
        load(files)
    [fault] = refused.value.faults
    assert (fault.file, fault.line, fault.code) == ("labels.yaml", 1, "is_gbk")
    assert "另存为 UTF-8" in fault.sentence("zh_Hans_CN")


def test_a_hundred_thousand_directives_are_refused_at_once():
    hostile = b"%TAG !a1! t:\n" * 100_000 + b"---\na: 1\n"
    began = time.process_time()
    with pytest.raises(PlaybookRefused) as refused:
        load(as_bytes(FILES) | {"labels.yaml": hostile})
    assert time.process_time() - began < 2
    assert [fault.code for fault in refused.value.faults] == ["directives"]
