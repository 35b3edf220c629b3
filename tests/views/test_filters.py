"""Every filter that is declared narrows the list: nobody is answered as if it were not there."""

from dispatch.shapes.filters import FILTERS
from dispatch.views import listing

# Whose alerts are meant is decided with what the person may see, not by a condition of its own.
BY_PERSON = {"mine"}


def test_every_filter_that_narrows_has_a_condition():
    declared = {each.name for each in FILTERS if each.narrows} - BY_PERSON
    lacking = declared ^ listing.CONDITIONS.keys()
    assert not lacking, f"write the condition of each into dispatch/views/listing.py: {lacking}"
