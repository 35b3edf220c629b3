"""The phone has a control for each kind of question, and each comparison of answers."""

import re
from pathlib import Path

import pytest

from dispatch.rules.questions.kinds import COMPARISONS, KINDS

PHONE = Path(__file__).parents[3] / "mobile_pwa" / "src"
CONTROLS = "screens/report/questions.tsx"


def keys_of(table, file):
    """The keys of a table `const NAME: … = {` of a script."""
    text = (PHONE / file).read_text(encoding="utf-8")
    inside = re.search(rf"^const {table}: .*? = {{\n(.*?)^}};", text, re.MULTILINE | re.DOTALL)
    assert inside, f"{file} has no table {table}"
    return set(re.findall(r"^  (\w+):", inside[1], re.MULTILINE))


def where(table):
    """The script of the phone's reports that has this table."""
    files = (PHONE / "reports").glob("*.ts")
    [found] = [file for file in files if f"const {table}:" in file.read_text(encoding="utf-8")]
    return str(found.relative_to(PHONE))


@pytest.mark.parametrize("kind", KINDS)
def test_the_phone_has_a_control_for_every_kind(kind):
    assert kind in keys_of("CONTROLS", CONTROLS), (
        f"write the control of {kind} into CONTROLS of mobile_pwa/src/{CONTROLS}"
    )


def test_the_phone_has_no_control_for_a_kind_that_is_not_there():
    assert keys_of("CONTROLS", CONTROLS) <= KINDS.keys()


@pytest.mark.parametrize("comparison", COMPARISONS)
def test_the_phone_knows_every_comparison(comparison):
    file = where("WAYS")
    assert comparison in keys_of("WAYS", file), (
        f"write how {comparison} compares into WAYS of mobile_pwa/src/{file}"
    )
