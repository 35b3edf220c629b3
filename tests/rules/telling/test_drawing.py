"""The picture at the door is that of the city whose door it is."""

import re

import amsterdam
import pytest
from town import town

from dispatch.rules.book.loading import load, load_folder
from dispatch.rules.telling.drawing import drawn_streets
from dispatch.settings import load_settings


def corners_of(path):
    numbers = [float(each) for each in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_two_quarters_above_each_other_are_two_boxes_above_each_other():
    north, south = map(corners_of, drawn_streets(load(amsterdam.files())))
    assert (len(north), len(south)) == (4, 4)
    assert max(y for _, y in north) == min(y for _, y in south) == 330
    assert min(y for _, y in north) == 70
    assert max(y for _, y in south) == 590


@pytest.mark.parametrize("city", [town, lambda: load_folder(load_settings({}).playbook)])
def test_every_city_fits_into_the_frame(city):
    corners = [corner for path in drawn_streets(city()) for corner in corners_of(path)]
    assert all(-22 <= x <= 600 and 69 <= y <= 591 for x, y in corners)
    across = max(x for x, _ in corners) - min(x for x, _ in corners)
    down = max(y for _, y in corners) - min(y for _, y in corners)
    assert across > 615 or down > 515
