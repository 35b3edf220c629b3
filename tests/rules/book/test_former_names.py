"""What units and kinds were called that nobody can choose any more: kept, until they come back."""

from dispatch.rules.book.former_names import FormerNames, names_after, names_as_text, read_names
from dispatch.rules.telling.faces import former

WATER, ROADS, PIT, LEAK, NOISE = ({"zh": each, "en": each} for each in "WRPLN")


def test_what_is_gone_keeps_its_name_and_what_is_there_again_needs_none():
    known = FormerNames({"OLD": ROADS, "WATER": PIT}, {"pit": PIT, "noise": NOISE}, {"pit": "hole"})
    before = FormerNames({"ROADS": ROADS, "WATER": WATER}, {"leak": LEAK}, {"leak": "tap"})
    after = FormerNames({"WATER": WATER}, {"noise": NOISE}, {"noise": "ear"})
    assert names_after(known, before, after) == FormerNames(
        {"OLD": ROADS, "ROADS": ROADS}, {"pit": PIT, "leak": LEAK}, {"pit": "hole", "leak": "tap"}
    )


def test_the_last_name_of_what_is_gone_counts():
    known, before = (
        FormerNames({"A": PIT}, {"k": PIT}, {"k": "old"}),
        FormerNames({"A": LEAK}, {"k": LEAK}, {"k": "new"}),
    )
    assert names_after(known, before, FormerNames()) == before


def test_names_are_written_down_and_read_again():
    names = FormerNames({"OLD": ROADS}, {"pit": PIT}, {"pit": "hole"})
    again = read_names(names_as_text(names))
    assert again == names
    assert again.units["OLD"]["fr"] == "R"  # a tongue that is not spoken gets the city's own
    assert not read_names(None)
    assert names
    assert FormerNames({}, {"pit": PIT})
    assert FormerNames({"OLD": ROADS})


def test_faces_are_told_the_names_of_what_is_gone_with_its_picture():
    told = former(FormerNames({"OLD": ROADS}, {"pit": PIT, "leak": LEAK}, {"pit": "hole"}))
    assert told == {
        "units": {"OLD": ROADS},
        "categories": {"pit": {**PIT, "icon": "hole"}, "leak": {**LEAK, "icon": ""}},
    }
