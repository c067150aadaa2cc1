"""A photograph of a place says nothing of where or by whom it was taken; what is none is refused in words."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from faubourg.base.cleaning import LONGEST_SIDE, bare_photo
from faubourg.base.refusal import Refused


def taken(kind="JPEG", size=(60, 40), name="IMG_Camille_0612345678.jpg", mode="RGB", **more):
    file = io.BytesIO()
    Image.new(mode, size, "green").save(file, kind, **more)
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def placed():
    """EXIF with a place, a device, a thumbnail's worth of words, and the photograph lying on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Camille"
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (45.0, 46.0, 45.0)
    exif._ifds[0x8825] = gps
    return exif


def bomb():
    """A PNG of a few hundred bytes that says it has 900 million points."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_forgets_place_device_and_name(kind):
    bare = bare_photo(taken(kind, exif=placed()))
    content = bare.file.read()
    assert (bare.width, bare.height) == (40, 60), "upright"
    assert b"Camille" not in content
    assert bare.file.name == "photo.jpg"
    with Image.open(io.BytesIO(content)) as after:
        assert after.format == "JPEG"
        assert not after.getexif()
        assert after.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "CMYK", "I;16"])
def test_whatever_its_colours_it_becomes_a_photograph(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    file = io.BytesIO()
    Image.new(mode, (30, 20)).save(file, kind)
    assert bare_photo(SimpleUploadedFile("x", file.getvalue())).width == 30


def test_it_is_made_smaller():
    assert bare_photo(taken(size=(4000, 1000))).width == LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "lisible"),
        (b"<html><script>alert(1)</script>", "lisible"),
        (b"MZ\x90", "lisible"),
        (b"%PDF-1.7", "lisible"),
        (b"GIF89a" + b"\x00" * 40, "lisible"),
        (b"\xff\xd8\xff\xe0broken", "lisible"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (bomb(), "trop grande"),
    ],
    ids=["empty", "svg", "html", "exe", "pdf", "gif", "cut", "heic", "bomb"],
)
def test_what_is_no_photograph_is_refused_in_words(content, words):
    with pytest.raises(Refused, match=words):
        bare_photo(SimpleUploadedFile("photo.jpg", content))


def test_a_heavy_one_is_refused_before_it_is_read(settings):
    settings.MAX_UPLOAD_BYTES = 100
    with pytest.raises(Refused, match="lourde"):
        bare_photo(taken())
