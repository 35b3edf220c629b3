"""A zip that is no playbook is refused in words, whatever is wrong with it."""

import io
import struct
import warnings
import zipfile

import pytest

from dispatch.rules.book.archives import pack, read_source, unpack
from dispatch.rules.language.faults import PlaybookRefused

LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def whole():
    return bytearray(pack({"district.yaml": b"id: town\n" * 50}))


def with_byte(of_local, of_central, value):
    """Of the one member, a byte of both its headers."""
    packed = whole()
    for header, at in ((LOCAL, of_local), (CENTRAL, of_central)):
        packed[packed.find(header) + at] = value
    return packed


def with_garbage():
    packed = whole()
    (length,) = struct.unpack_from("<H", packed, 26)
    packed[30 + length : 36 + length] = b"\xff" * 6
    return packed


BROKEN = {
    "no zip": b"no zip",
    "empty": b"",
    "encrypted": with_byte(6, 8, 1),
    "packed in an unknown way": with_byte(8, 10, 99),
    "garbage inside": with_garbage(),
    "cut in the middle": whole()[:30] + whole()[50:],
}


@pytest.mark.parametrize("packed", BROKEN.values(), ids=BROKEN)
def test_a_zip_that_cannot_be_read_is_refused_in_words(tmp_path, packed):
    path = tmp_path / "city.zip"
    path.write_bytes(packed)
    with pytest.raises(PlaybookRefused, match="neither a folder nor an exported playbook"):
        read_source(path)


def test_a_name_that_stands_there_often_is_read_once(monkeypatch):
    packed, opened = io.BytesIO(), []
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(packed, "w") as archive:
        for content in (b"first", b"last"):
            archive.writestr("district.yaml", content)
    real = zipfile.ZipFile.open

    def noted(archive, name, mode="r"):
        opened.append(name)
        return real(archive, name, mode)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    assert unpack(packed.getvalue()) == {"district.yaml": b"last"}
    assert opened == ["district.yaml"]
