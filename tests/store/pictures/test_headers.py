"""What a picture will cost is known from its header: dear ones are refused before any decoding."""

import time

import hostile_pictures as hostile
import pytest
from hostile import bomb, encoded, noise

from dispatch.errors import Refused
from dispatch.store.pictures.headers import Header, read_header, refuse_costly

TOO_MANY = "photo_too_many_pixels"
PLAIN = hostile.plain(40)


def refusal(sent: bytes, *, memory_mib: int = 224) -> str:
    with pytest.raises(Refused) as refused:
        refuse_costly(read_header(sent), most_megapixels=50, memory_mib=memory_mib)
    return refused.value.code


@pytest.mark.parametrize(
    ("sent", "kind", "bytes_a_pixel"),
    [
        (encoded(PLAIN, "JPEG"), "JPEG", 1.0),
        (encoded(PLAIN, "JPEG", progressive=True, subsampling=0), "JPEG", 7.0),
        (encoded(PLAIN, "JPEG", progressive=True, subsampling=2), "JPEG", 4.0),
        (encoded(hostile.plain(40, "L"), "JPEG", progressive=True), "JPEG", 3.0),
        (hostile.one_by_one(40), "JPEG", 7.0),
        (encoded(PLAIN), "PNG", 6.0),
        (encoded(hostile.plain(40, "RGBA")), "PNG", 10.5),
        (encoded(hostile.plain(40, "P")), "PNG", 3.0),
        (encoded(PLAIN, "WEBP"), "WEBP", 21.0),
        (encoded(PLAIN, "WEBP", lossless=True), "WEBP", 21.0),
        (encoded(PLAIN, "WEBP", exif=b"Exif\0\0MM\0*"), "WEBP", 21.0),
        (hostile.heic(PLAIN), "HEIF", 7.6),
    ],
)
def test_format_size_and_cost_stand_in_the_header(sent, kind, bytes_a_pixel):
    header = read_header(sent)
    assert header.kind == kind
    assert header.pixels in {1600, 64 * 64}, "HEIC is made of squares"
    assert header.bytes_a_pixel == bytes_a_pixel


def test_240_504_scans_are_refused_at_once():
    sent = hostile.scans(16, 240_504)
    assert len(sent) < 15 * hostile.MIB
    began = time.perf_counter()
    assert refusal(sent) == "photo_too_complex"
    assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (hostile.scans(3500, 2500), "photo_too_complex"),
        (hostile.scans(40, 101), "photo_too_complex"),
        (hostile.scans(6900, 20), "photo_too_complex"),
        (hostile.segments(5001), "photo_too_complex"),
        (hostile.says_it_is(7000, b"VP8 "), TOO_MANY),
        (hostile.says_it_is(7000, b"VP8L"), TOO_MANY),
        (encoded(hostile.plain(6000), "JPEG", progressive=True, subsampling=0), TOO_MANY),
        (bomb(8000), TOO_MANY),
        (hostile.heic_that_says(5300), TOO_MANY),
        (b"\xff\xd8\xff\xe0\xff\xff", "photo_unreadable"),
        (b"\xff\xd8\xff", "photo_unreadable"),
        (b"\x89PNG\r\n\x1a\n", "photo_unreadable"),
        (b"RIFF\0\0\0\0WEBPVP8X", "photo_unreadable"),
        (b"RIFF\0\0\0\0WEBP", "photo_unreadable"),
        (b"GIF89a", "photo_unreadable"),
        (b"", "photo_unreadable"),
    ],
)
def test_what_costs_too_much_is_refused_by_name(sent, code):
    assert refusal(sent) == code


def test_what_phones_and_web_pages_make_passes():
    for sent in (
        hostile.scans(3500, 40),
        encoded(hostile.plain(7000), "JPEG", progressive=True, subsampling=2),
        encoded(hostile.plain(3000), "WEBP"),
        encoded(noise(900), "JPEG", restart_marker_blocks=1, quality=95),
        hostile.segments(1000),
        bomb(5500),
        hostile.heic_that_says(4900),
    ):
        refuse_costly(read_header(sent), most_megapixels=50, memory_mib=224)


def test_the_scan_of_a_picture_inside_is_not_counted():
    """The preview that a camera puts into EXIF is a JPEG of its own."""
    exif = b"Exif\0\0" + hostile.scans(8, 200)
    assert read_header(encoded(PLAIN, "JPEG", exif=exif)).scans == 1


def test_the_bound_that_is_told_fits_the_memory():
    with pytest.raises(Refused) as refused:
        refuse_costly(Header("WEBP", 49_000_000, 21.0), most_megapixels=50, memory_mib=224)
    assert refused.value.params == {"max_megapixels": 9}
    with pytest.raises(Refused) as refused:
        refuse_costly(Header("JPEG", 60_000_000, 1.0), most_megapixels=50, memory_mib=224)
    assert refused.value.params == {"max_megapixels": 50}
