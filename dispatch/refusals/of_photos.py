"""What is refused of the bytes of a photo."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.refusals.problem import Problem

OF_PHOTOS: Final[Mapping[str, Problem]] = MappingProxyType(
    {
        "photo_empty": Problem(422),
        "photo_unreadable": Problem(422),
        "photo_too_large": Problem(413, ("max_mb",)),
        "photo_too_many_pixels": Problem(422, ("max_megapixels",)),
        "photo_too_complex": Problem(422),
        "photo_heic": Problem(422),
        "photo_digest_mismatch": Problem(422),
        "photo_undeclared": Problem(422),
        "photos_busy": Problem(503, ("seconds",)),
    },
)
