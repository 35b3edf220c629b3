"""What is written by hand about the code is true: files, floors, the way of one alert."""

import re
import tomllib
from pathlib import Path

import pytest
from documents import HOUSE, codes, headings, page, section

ARCHITECTURE = "docs/architecture.md"
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "tests/README.md",
    "dispatch/rules/README.md",
    *sorted(f"docs/{file.name}" for file in (HOUSE / "docs").glob("*.md")),
    *sorted(f"docs/security/{file.name}" for file in (HOUSE / "docs/security").glob("*.md")),
    *sorted(f"docs/decisions/{file.name}" for file in (HOUSE / "docs/decisions").glob("*.md")),
]
PATH = re.compile(r"\w[\w.-]*(/[\w.-]+)*/?")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
MOST_FILES = 30  # that somebody opens who follows one alert


def _roots(name):
    """Where the paths of a page begin: at the root, in the package, or beside the page."""
    return HOUSE, HOUSE / "dispatch", (HOUSE / name).parent


def _paths(name):
    """What a page names as files and folders of the tree, not as addresses or pairs of words."""
    for each in codes(page(name)):
        if "/" in each and PATH.fullmatch(each):
            first = each.split("/")[0]
            if any((root / first).is_dir() for root in _roots(name)):
                yield each


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_files_that_are_there(name):
    named = {*_paths(name)}
    lost = sorted(e for e in named if not any((root / e).exists() for root in _roots(name)))
    assert not lost, f"{name} names files that are not there: {lost}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_links_to_what_is_there(name):
    folder = (HOUSE / name).parent
    lost = sorted({link for link in LINK.findall(page(name)) if not (folder / link).exists()})
    assert not lost, f"{name} links to what is not there: {lost}"


def _written_floors():
    """The floors as the page has them: by room, from the top."""
    block = page(ARCHITECTURE).split("```floors\n")[1].split("```")[0]
    rooms = (each.splitlines() for each in block.split("\n\n"))
    return {room: [floor.strip() for floor in floors] for room, *floors in rooms}


def _checked_floors():
    """The floors as import-linter holds them."""
    contracts = tomllib.loads(page("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    return {
        room: each["layers"]
        for each in contracts
        if each["type"] == "layers"
        for room in each["containers"]
    }


def _rooms_of_entries():
    """The rooms that the page leaves out: a file each for the entries of one table."""
    [line] = [line for line in page(ARCHITECTURE).splitlines() if line.startswith("Left out")]
    return {f"dispatch.{each[:-1]}".replace("/", ".") for each in codes(line) if each.endswith("/")}


def test_the_floors_are_those_that_are_checked():
    written, checked = _written_floors(), _checked_floors()
    told = {room: floors for room, floors in checked.items() if room not in _rooms_of_entries()}
    assert written == told, f"write the layers of pyproject.toml into {ARCHITECTURE}, Floors"


def _lines_of_the_way():
    """One line for each file that is opened."""
    lines = section(ARCHITECTURE, "The way of one alert").splitlines()
    return [line for line in lines if re.match(r"\d+\. `", line)]


def _way():
    """The stations of one alert's way, each with the files that it opens, in order."""
    stations = []
    for line in section(ARCHITECTURE, "The way of one alert").splitlines():
        if line.startswith("**"):
            stations.append([])
        elif opened := re.match(r"\d+\. `([^`]+)`", line):
            stations[-1].append(opened[1])
    return stations


def test_one_alert_is_followed_through_few_files():
    files = [file for station in _way() for file in station]
    named = [each for each in codes(section(ARCHITECTURE, "The way of one alert")) if "/" in each]
    assert sorted(files) == sorted(each for each in named if (HOUSE / each).is_file())
    assert len(files) == len(set(files))
    assert 20 < len(files) <= MOST_FILES, f"{len(files)} files: which of them need not be opened?"


@pytest.mark.parametrize("line", _lines_of_the_way())
def test_what_the_way_names_in_a_file_is_in_it(line):
    file, *named = codes(line)
    source = page(file)
    lost = [name for name in named if "/" not in name and name.split(".")[-1] not in source]
    assert not lost, f"{ARCHITECTURE}: {file} has no {lost}"


def _floor_of(file):
    """How far down a module of the package stands; None for the faces, which have their own."""
    room = Path(file).with_suffix("").parts
    if room[0] != "dispatch":
        return None
    floors = _checked_floors()["dispatch"]
    return next(n for n, floor in enumerate(floors) if room[1] in re.split(r" [|:] ", floor))


@pytest.mark.parametrize("station", _way(), ids=lambda station: Path(station[0]).stem)
def test_nobody_who_follows_an_alert_goes_back_up(station):
    floors = [floor for file in station if (floor := _floor_of(file)) is not None]
    assert floors == sorted(floors), f"{ARCHITECTURE}: {station} goes up again"


def test_a_newcomer_finds_every_page_from_the_readme():
    linked = set(LINK.findall(page("README.md")))
    further = ("docs/decisions/", "docs/security/")
    pages = [name for name in PAGES if not name.startswith(further)]
    lost = [name for name in pages if name not in {*linked, "README.md"}]
    assert not lost, f"README.md leads nowhere to {lost}"


GUIDE = "CONTRIBUTING.md"
RECIPES = [each for each in headings(GUIDE) if " · " in each]
LANGUAGES_COUNTED = 2  # of a file for each language


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_lists_as_many_files_as_it_says(recipe):
    said = int(recipe.split(" · ")[1].split()[0])
    listed = re.findall(r"^\d+\. `([^`]+)`", section(GUIDE, recipe), re.MULTILINE)
    counted = sum(LANGUAGES_COUNTED if "*" in file else 1 for file in listed)
    assert counted == said, f"{GUIDE}, {recipe}: count it again in a scratch copy"


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_names_files_and_folders_that_are_there(recipe):
    listed = re.findall(r"^\d+\. `([^`]+)`", section(GUIDE, recipe), re.MULTILINE)
    lost = [file for file in listed if not _is_found(file)]
    assert not lost, f"{GUIDE}, {recipe}: not there: {lost}"


def _is_found(file):
    """A path with <names> or * in it is found where any file fits."""
    return any(HOUSE.glob(re.sub(r"<[^>]+>", "*", file)))


def _said_by_checks():
    """What checks may say: the texts of tests and of what is checked at import, on one line."""
    files = [*(HOUSE / "tests").rglob("*.py"), HOUSE / "dispatch/deeds/machinery/registry.py"]
    text = "\n".join(file.read_text("utf-8") for file in files if file != Path(__file__))
    return re.sub(r'"\s*\n\s*f?"', "", text).lower()


@pytest.mark.parametrize("recipe", RECIPES)
def test_what_a_recipe_quotes_is_said_by_a_check(recipe):
    quoted = re.findall(r"(?<!`)\*([^*`]+)\*", section(GUIDE, recipe))
    said = _said_by_checks()
    parts = {part.strip(" :") for quote in quoted for part in quote.lower().split("…")}
    lost = sorted(part for part in parts if part and part not in said)
    assert not lost, f"{GUIDE}, {recipe}: no check says {lost}"
