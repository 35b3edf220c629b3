"""A number with a rest is written as each language writes it."""

import pytest

from dispatch.translations.spoken_instant import spoken_decimal


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "37,5"), ("en", "37.5"), ("zh_Hans_CN", "37.5"), ("xx", "37.5")]
)
def test_the_sign_before_the_rest_is_that_of_the_language(language, said):
    assert spoken_decimal(37.52, language) == said
