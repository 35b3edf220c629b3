"""The mistakes of whoever writes a city by the guide are told where they are."""

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner
from guide import GUIDES, whole_city

from dispatch.cli import main
from dispatch.rules.book.loading import load
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.proving.checks import check

HAVENSTAD = whole_city(GUIDES["README.en.md"])


def changed(name, change):
    return HAVENSTAD | {name: change(HAVENSTAD[name].decode()).encode()}


def test_a_map_with_latitude_first_is_told_as_swapped():
    swapped = changed(
        "places.geojson", lambda text: re.sub(r"\[(4[.\d]+), (52[.\d]+)\]", r"[\2, \1]", text)
    )
    errors = [each.code for each in check(swapped, date(2026, 11, 23)) if each.level == "error"]
    assert errors == ["map_swapped"]


@pytest.mark.parametrize("sign", ["'", '"'])
def test_a_quotation_mark_that_is_not_closed_is_told_where_it_opens(sign):
    files = changed(
        "labels.yaml", lambda _text: f"whistle: {sign}foto\nalert: Melding\nreport: Meld\n"
    )
    with pytest.raises(PlaybookRefused) as refused:
        load(files)
    [fault] = refused.value.faults
    assert (fault.line, fault.column, fault.params["reason"]) == (1, 10, "quote_open")


def test_every_word_that_lacks_is_in_the_json(tmp_path):
    for name, content in HAVENSTAD.items():
        (tmp_path / name).write_bytes(content)
    told = CliRunner().invoke(main, ["playbook", "check", str(tmp_path), "--format", "json"])
    [fault] = json.loads(told.stdout)
    assert {"words.role.admin", "phone.place.numbers"} <= {*fault["lacking"]}
    assert f"lacks {len(fault['lacking'])} words" in fault["sentence"]
