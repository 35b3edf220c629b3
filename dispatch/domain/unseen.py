"""Signs that nobody sees: of no width, fillers, tags, marks that turn the direction of reading."""

from typing import Final

# Between the brackets of a regular expression.
UNSEEN: Final = (
    "\\xad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\u3164\\ufe0f\\ufeff\\uffa0\\U000e0000-\\U000e007f"
)
