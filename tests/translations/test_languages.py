"""A language is a folder of words: nothing in the code of server or faces names one."""

import re
from pathlib import Path

import pytest

from dispatch.translations import DEFAULT, LANGUAGES, TONGUES, catalogue
from dispatch.translations.faces import FACES

HOUSE = Path(__file__).parents[2]
TREES = [("dispatch", "*.py"), ("static/src", "*.ts*"), ("mobile_pwa/src", "*.ts*")]
QUOTED = "|".join({*TONGUES, *LANGUAGES})
NAMED = re.compile(rf"""["'](?:{QUOTED})["']""")
TEMPLATES = ("templates", "*.html")


@pytest.mark.parametrize(("tree", "files"), [*TREES, TEMPLATES])
def test_no_code_names_a_language(tree, files):
    named = [
        f"{file.relative_to(HOUSE)}: {line.strip()}"
        for file in sorted((HOUSE / tree).rglob(files))
        for line in file.read_text("utf-8").splitlines()
        if NAMED.search(line)
    ]
    assert not named, "a language is a folder of words: ask for the languages that there are"


def test_a_folder_of_words_is_a_language():
    folders = {each.parent.name for each in (HOUSE / "dispatch/translations").glob("*/*.json")}
    assert folders == set(LANGUAGES)
    assert all(catalogue(language)["words.language"] for language in LANGUAGES)
    assert LANGUAGES[0] == DEFAULT


@pytest.mark.parametrize("face", FACES)
def test_each_face_has_a_file_for_each_language(face):
    files = {each.stem for each in (HOUSE / FACES[face]).glob("*.json")}
    assert files == set(TONGUES)
