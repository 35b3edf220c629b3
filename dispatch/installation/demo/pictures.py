"""Drawn pictures for the demo, which show no real street, car or face."""

import io
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 720
_SKY, _FAR, _ROAD, _KERB = "#DDE7E4", "#B9C9C4", "#8C9692", "#C9D2CE"
_INK, _DARK, _WARM, _GREEN, _WATER = "#2A3431", "#3B4642", "#C98B3C", "#5E8C6A", "#7FA9B8"
Draw = ImageDraw.ImageDraw


def _street(draw: Draw) -> None:
    """Houses, a kerb and a road: the background of every picture."""
    draw.rectangle((0, 0, WIDTH, 300), fill=_SKY)
    for left, top in ((40, 130), (250, 80), (470, 150), (690, 100)):
        draw.rectangle((left, top, left + 180, 300), fill=_FAR)
    draw.rectangle((0, 300, WIDTH, 380), fill=_KERB)
    draw.rectangle((0, 380, WIDTH, HEIGHT), fill=_ROAD)
    for left in range(60, WIDTH, 260):
        draw.rectangle((left, 640, left + 120, 652), fill=_KERB)


def _hole(draw: Draw) -> None:
    draw.ellipse((300, 450, 660, 590), fill=_INK)
    draw.ellipse((340, 470, 620, 560), fill="#171D1B")


def _cover(draw: Draw) -> None:
    draw.ellipse((330, 470, 630, 590), fill=_INK)
    draw.ellipse((430, 440, 740, 550), fill=_DARK, outline=_KERB, width=6)


def _lamp(draw: Draw) -> None:
    draw.rectangle((470, 60, 486, 400), fill=_INK)
    draw.arc((380, 20, 486, 120), 180, 350, fill=_INK, width=14)
    draw.ellipse((350, 60, 410, 100), fill=_DARK)


def _rubbish(draw: Draw) -> None:
    for left, top, colour in ((300, 430, _DARK), (400, 400, _WARM), (500, 440, _GREEN)):
        draw.ellipse((left, top, left + 190, top + 150), fill=colour)


def _flood(draw: Draw) -> None:
    draw.polygon(((0, 470), (WIDTH, 430), (WIDTH, HEIGHT), (0, HEIGHT)), fill=_WATER)
    for top in (500, 570, 640):
        draw.arc((200, top, 420, top + 40), 200, 340, fill=_SKY, width=5)
        draw.arc((560, top - 20, 780, top + 20), 200, 340, fill=_SKY, width=5)


def _vehicle(draw: Draw) -> None:
    draw.rounded_rectangle((250, 440, 720, 570), 30, fill=_DARK)
    draw.polygon(((340, 440), (400, 370), (590, 370), (650, 440)), fill=_FAR)
    for left in (310, 580):
        draw.ellipse((left, 530, left + 90, 620), fill=_INK)


def _tree(draw: Draw) -> None:
    draw.polygon(((180, 420), (210, 380), (700, 520), (690, 560)), fill="#6B4F3A")
    for left, top in ((560, 420), (640, 470), (600, 520)):
        draw.ellipse((left, top, left + 220, top + 140), fill=_GREEN)


def _stall(draw: Draw) -> None:
    draw.polygon(((280, 340), (680, 340), (720, 400), (240, 400)), fill=_WARM)
    draw.rectangle((280, 400, 680, 540), fill=_FAR)
    draw.rectangle((270, 340, 282, 560), fill=_INK)
    draw.rectangle((678, 340, 690, 560), fill=_INK)


def _nothing(_draw: Draw) -> None:
    """The street without a problem: the picture after."""


_SCENES: Final[Mapping[str, Callable[[Draw], None]]] = {
    "pothole": _hole,
    "pavement": _hole,
    "manhole": _cover,
    "drain": _cover,
    "light": _lamp,
    "power": _lamp,
    "trash": _rubbish,
    "rubble": _rubbish,
    "bin": _rubbish,
    "flood": _flood,
    "leak": _flood,
    "parking": _vehicle,
    "firelane": _vehicle,
    "tree": _tree,
    "greenery": _tree,
    "stall": _stall,
    "": _nothing,
}


@cache
def demo_picture(icon: str) -> bytes:
    """A drawn JPEG for a category's icon; for an empty icon the street without a problem."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _SKY)
    draw = ImageDraw.Draw(image)
    _street(draw)
    _SCENES.get(icon, _nothing)(draw)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
