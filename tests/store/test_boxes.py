"""What lies sealed: unreadable and unchangeable without the key."""

import pytest
from cryptography.exceptions import InvalidTag

from dispatch.store.sealing import Seal

OURS = Seal(b"k" * 32)


@pytest.mark.parametrize("byte", [0, 11, 12, 40, -1])
def test_a_changed_box_opens_for_nobody(byte):
    box = bytearray(OURS.close({"name": "陈梅"}))
    box[byte] ^= 1
    with pytest.raises(InvalidTag):
        OURS.open(bytes(box))


def test_another_key_opens_nothing():
    with pytest.raises(InvalidTag):
        Seal(b"other" * 8).open(OURS.close("hers"))


def test_the_same_words_make_another_box_each_time():
    assert OURS.close("hers") != OURS.close("hers")
