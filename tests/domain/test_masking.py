"""Numbers of people do not stay in an alert's words."""

import pytest

from dispatch.domain.masking import mask_numbers


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("打13812345678找我", "打＊＊＊＊＊＊＊＊＊78找我"),
        ("138 1234 5678", "＊＊＊＊＊＊＊＊＊＊＊78"),
        ("身份证44030419900101123X", "身份证＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊3X"),
        ("卡号6222020200112345678", "卡号＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊78"),
        ("座机0755-82918888", "座机＊＊＊＊＊＊＊＊＊＊＊88"),
        ("座机075582918888，", "座机＊＊＊＊＊＊＊＊＊＊88，"),
        ("(0755)82918888", "＊＊＊＊＊＊＊＊＊＊＊＊88"),
        ("+8613812345678", "＊＊＊＊＊＊＊＊＊＊＊＊78"),
        ("+86 138-1234-5678", "＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊78"),
        ("008613812345678", "＊＊＊＊＊＊＊＊＊＊＊＊＊78"),
        ("１３８１２３４５６７８", "＊＊＊＊＊＊＊＊＊７８"),
        ("6222 0202 0011 2345 678", "＊" * 21 + "78"),
        ("6222-0202-0011-2345", "＊" * 17 + "45"),
        ("440304 19900101 123X", "＊" * 18 + "3X"),
    ],
)
def test_numbers_of_people_are_masked_but_for_their_end(written, kept):
    assert mask_numbers(written) == kept


@pytest.mark.parametrize(
    "written",
    ["彩田路3069号", "井盖编号4403040010123456789012", "积水20厘米", "440304-20261123-00042-K"],
)
def test_numbers_of_places_stay(written):
    assert mask_numbers(written) == written
