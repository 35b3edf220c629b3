"""Photos come from any phone and from nobody's friends: kept small, upright, bare, or refused."""

import hashlib
import random
from datetime import timedelta
from io import BytesIO

import pytest
from hostile import at_once, bomb, encoded, named, noise, sends
from hostile_pictures import heic, scans
from PIL import Image

from dispatch import clock
from dispatch.blueprints.photo_room import PhotoRoom
from dispatch.errors import Refused
from dispatch.intake.forget_photos import forget_photos
from dispatch.store.pictures.decoder import Decoder

UPRIGHT = 6  # EXIF: held upright, the sensor lay on its side


def send(person, alert, photo: bytes, sha256: str | None = None):
    digest = sha256 or hashlib.sha256(photo).hexdigest()
    return sends(person, "PUT", f"/api/v1/alerts/{alert.id}/photos/{digest}", data=photo)


def kept(person, alert, photo: bytes, *, thumb: bool = False) -> Image.Image:
    """What is shown of a photo afterwards; the file itself in `.file`."""
    assert send(person, alert, photo).status_code == 201
    digest = hashlib.sha256(photo).hexdigest()
    path = f"/api/v1/alerts/{alert.id}/photos/{digest}{'/thumb' if thumb else ''}"
    answer = sends(person, "GET", path)
    assert answer.mimetype == "image/jpeg"
    shown = Image.open(BytesIO(answer.data))
    shown.file = answer.data
    return shown


def phone_photo() -> bytes:
    """Blue above red, as the eye saw it; on its side in the file, with place and owner in EXIF."""
    seen = Image.new("RGB", (40, 60), "blue")
    seen.paste("red", (0, 30, 40, 60))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = UPRIGHT, "SECRET-PHONE", "SECRET-OWNER"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (22.0, 32.0, 35.0)
    return encoded(seen.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)


@pytest.mark.both_databases
def test_a_phone_photo_is_kept_upright_and_tells_nothing_of_its_owner(city):
    sent = phone_photo()
    assert b"SECRET" in sent
    alert = city.volunteer().reports()
    for thumb in (False, True):
        photo = kept(city.volunteer(), alert, sent + b"\0" * thumb, thumb=thumb)
        assert photo.size == (40, 60)
        assert photo.getpixel((20, 5))[2] > 200, "the sky is above"
        assert photo.getpixel((20, 55))[0] > 200
        assert not dict(photo.getexif())
        assert b"Exif" not in photo.file
        assert b"SECRET" not in photo.file
    for file in (city.store.data_dir / "photos").rglob("*"):
        assert file.is_dir() or b"SECRET" not in file.read_bytes()


def test_pictures_of_every_kind_keep_their_colours(city):
    alert, red = city.volunteer().reports(), (250, 5, 5)
    palette = Image.new("P", (50, 40), 0)
    palette.putpalette([255, 0, 0, 0, 255, 0])
    clear = Image.new("RGBA", (50, 40), (0, 0, 0, 0))
    frames = [Image.new("RGB", (50, 40), colour) for colour in ("red", "blue", "green")]
    moving = {"save_all": True, "append_images": frames[1:]}
    for sent, colour in (
        (encoded(Image.new("CMYK", (50, 40), (0, 255, 255, 0)), "JPEG"), red),
        (encoded(palette), red),
        (encoded(palette, transparency=0), (255, 255, 255)),
        (encoded(clear), (255, 255, 255)),
        (encoded(Image.new("I;16", (50, 40), 32768)), (128, 128, 128)),
        (encoded(Image.new("LA", (50, 40), (128, 255))), (128, 128, 128)),
        (encoded(frames[0], "WEBP", lossless=True, **moving), red),
        (encoded(frames[0], **moving), red),
    ):
        seen = kept(city.volunteer(), alert, sent).getpixel((25, 20))
        assert all(abs(a - b) < 12 for a, b in zip(seen, colour, strict=True)), (seen, colour)


def test_a_photo_is_small_whatever_was_sent(city):
    alert = city.volunteer().reports()
    photo = kept(city.volunteer(), alert, encoded(noise(1700), "JPEG", quality=90))
    assert len(photo.file) <= 800_000
    assert max(photo.size) <= 1600


def test_what_is_no_photo_is_refused_by_name(city):
    alert, whole = city.volunteer().reports(), encoded(noise(300), "JPEG")
    for sent, code in (
        (b"", "photo_empty"),
        (b"\xff\xd8\xff\xe0 not a photo", "photo_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "photo_unreadable"),
        (whole[: len(whole) // 2], "photo_unreadable"),
        (encoded(noise(200))[:3000], "photo_unreadable"),
        (encoded(Image.new("P", (9, 9)), "GIF"), "photo_unreadable"),
        (bomb(20_000), "photo_too_many_pixels"),
        (scans(16, 101), "photo_too_complex"),
        (b"\0" * (16 * 1024 * 1024), "photo_too_large"),
    ):
        assert named(send(city.volunteer(), alert, sent)) == code
    assert named(send(city.volunteer(), alert, whole, "0" * 64)) == "photo_digest_mismatch"
    assert sends(city.volunteer(), "GET", f"/api/v1/alerts/{alert.id}").json["photos"] == []
    assert not list((city.store.data_dir / "photos").rglob("*.*")), "half a file was left behind"


def test_a_photo_damaged_anywhere_is_kept_or_refused_and_nothing_else():
    whim, decoder = random.Random(20261123), Decoder(memory_mib=224, most_megapixels=50)
    picture = Image.new("RGB", (60, 40), "teal")
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = UPRIGHT, "words"
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = encoded(picture, kind, exif=exif)
        for _ in range(300):
            broken = bytearray(whole)
            for _ in range(whim.randint(1, 6)):
                broken[whim.randrange(min(len(broken), 250))] = whim.randrange(256)
            assert kept_or_refused(decoder, bytes(broken))
    decoder.stop()


def kept_or_refused(decoder: Decoder, photo: bytes) -> bool:
    """Whatever is wrong with it is the photo's fault: it is never asked for again."""
    try:
        decoder.decode(photo)
    except Refused as refused:
        return refused.code in {"photo_unreadable", "photo_too_many_pixels", "photo_too_complex"}
    return True


def test_heic_is_kept_as_a_jpeg(city):
    alert = city.volunteer().reports()
    photo = kept(city.volunteer(), alert, heic(Image.new("RGB", (80, 60), "red")))
    assert photo.size == (80, 60)
    assert photo.getpixel((40, 30))[0] > 200


def test_where_photos_find_no_room_the_phone_sends_them_again(city, photo):
    alert = city.volunteer().reports()
    room = city.app.extensions["shaodao.photo_room"] = PhotoRoom(1000, 1000)
    with room.receiving("somebody else", 1000) as take:
        take(1000)
        answer = send(city.volunteer(), alert, photo)
    assert (answer.status_code, answer.json["code"]) == (503, "photos_busy")
    assert int(answer.headers["Retry-After"]) > 0
    city.app.extensions["shaodao.photo_room"] = PhotoRoom(len(photo), len(photo))
    assert send(city.volunteer(), alert, photo).status_code == 201


def test_where_the_decoder_is_gone_the_phone_sends_its_photo_again(city, photo):
    alert = city.volunteer().reports()
    city.store.decoder.stop()
    answer = send(city.volunteer(), alert, photo)
    assert (answer.status_code, answer.json["code"]) == (503, "photos_busy")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_same_photo_sent_by_eight_hands_at_once_is_kept_once(city, photo):
    alert = city.volunteer().reports(photos=[hashlib.sha256(photo).hexdigest()])
    phones = [city.volunteer().again() for _ in range(8)]
    answers = at_once(lambda place: send(phones[place], alert, photo).status_code)
    assert sorted(answers) == [200] * 7 + [201]
    undeclared = encoded(noise(20))
    answers = at_once(lambda place: send(phones[place], alert, undeclared).status_code)
    assert sorted(answers) == [200] * 7 + [201]


def test_a_photo_that_no_step_claimed_is_gone_after_a_day(city, photo, monkeypatch):
    alert, claimed = city.volunteer().reports(), encoded(noise(20))
    city.department().signs(alert)
    for sent in (photo, claimed):
        assert send(city.handler(), alert, sent).status_code == 201
    digest = hashlib.sha256(claimed).hexdigest()
    city.department().takes("note", alert, note="现场照片")
    spot = {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15}
    city.handler().takes("arrive", alert, position=spot, photos=[digest])
    city.clock.jump(hours=23)
    assert forget_photos(city.store) == 0
    city.clock.jump(hours=2)
    tomorrow = clock.wall() + timedelta(days=1)
    monkeypatch.setattr(clock, "wall", lambda: tomorrow)
    assert forget_photos(city.store) == 1
    assert [each["sha256"] for each in city.supervisor().sees(alert)["photos"]] == [digest]
    files = [file for file in (city.store.data_dir / "photos").rglob("*") if file.is_file()]
    assert len(files) == 2, "the claimed one and its thumbnail"


def test_photos_are_for_those_who_see_the_alert_and_for_no_one_between(city, photo):
    alert = city.volunteer().reports(photos=[hashlib.sha256(photo).hexdigest()])
    assert send(city.volunteer(), alert, photo).status_code == 201
    path = f"/api/v1/alerts/{alert.id}/photos/{hashlib.sha256(photo).hexdigest()}"
    for each in (path, f"{path}/thumb"):
        answer = sends(city.department(), "GET", each)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"].startswith("private")
        assert named(sends(city.person("neighbour"), "GET", each)) == "not_found"
        assert named(sends(city.stranger(), "GET", each)) == "not_signed_in"
    # the photo of one alert is not found under another
    other = city.person("neighbour").reports()
    elsewhere = path.replace(alert.id, other.id)
    assert named(sends(city.person("neighbour"), "GET", elsewhere)) == "not_found"
    assert named(send(city.person("neighbour"), alert, photo)) == "not_found"


def test_photos_that_no_step_has_declared_are_few(city):
    alert = city.volunteer().reports()
    city.department().sees(alert)
    waiting = [encoded(Image.new("RGB", (8, 8), (shade, 0, 0)), "PNG") for shade in range(13)]
    answers = [send(city.volunteer(), alert, photo).status_code for photo in waiting]
    assert answers[:12] == [201] * 12
    assert answers[12] >= 400
