"""What is handed over, made harmless: a photograph says nothing of where or by whom it was taken, a paper
runs nothing."""

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext
from PIL import Image, ImageOps, UnidentifiedImageError

from faubourg.rules.verdict import Verdict, mark

from .active_content import pdf_runs_something
from .documents import acceptable
from .refusal import Refused, refuse_unless

PHOTOS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
PAPERS = frozenset({".pdf", ".csv", ".xlsx", ".ods", ".docx", ".odt"})
# Forty million points: twice a telephone of today. Beyond, a small file unfolds to fill the memory.
MOST_POINTS = 40_000_000
LONGEST_SIDE = 2_560
QUALITY = 85

# What a telephone takes, told by its content: its name and its announced type say nothing.
TAKEN = ("JPEG", "PNG", "WEBP")
# The containers of Apple's telephones, by the brand that stands in their first bytes.
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class BarePhoto:
    """A JPEG drawn again, upright; its size in pixels."""

    file: SimpleUploadedFile
    width: int
    height: int


def is_photo(upload: "UploadedFile[Any]") -> bool:
    """By its name; `cleaned` looks at its content."""
    return _suffix(upload) in PHOTOS


def cleaned(upload: "UploadedFile[Any]") -> "UploadedFile[Any]":
    """The file that may be kept: a photograph drawn again, upright, without EXIF; a paper as it is.

    Raises Refused: too large, empty, another type, another content, something that runs.
    """
    refuse_unless(acceptable(upload))
    if is_photo(upload):
        return _drawn_again(upload)
    name = PurePath(upload.name or "").name
    if _suffix(upload) not in PAPERS:
        raise Refused(Verdict.no("file-kind", _KIND, name=name))
    if _suffix(upload) == ".pdf" and pdf_runs_something(upload, or_carries_files=True):
        raise Refused(Verdict.no("file-active", _RUNS, name=name))
    return upload


def bare_photo(upload: "UploadedFile[Any]") -> BarePhoto:
    """A photograph of a place, whatever it is called: drawn again as a JPEG, without EXIF nor its name.

    Raises Refused: too large, empty, no photograph, too many points, a format that we cannot read.
    """
    size, most = upload.size or 0, settings.MAX_UPLOAD_BYTES
    if not size:
        raise Refused(Verdict.no("photo-empty", _EMPTY))
    if size > most:
        raise Refused(Verdict.no("photo-heavy", _HEAVY, most=most // 1024 // 1024))
    upload.seek(0)
    start = upload.read(12)
    Image.init()
    if start[4:8] == b"ftyp" and start[8:12] in _HEIF_BRANDS and "HEIF" not in Image.OPEN:
        raise Refused(Verdict.no("photo-heic", _HEIC))
    bare = _upright(upload, (*TAKEN, *({"HEIF"} & set(Image.OPEN))), gettext("cette photo"))
    file = io.BytesIO()
    bare.convert("RGB").save(file, "JPEG", quality=QUALITY, optimize=True)
    return BarePhoto(SimpleUploadedFile("photo.jpg", file.getvalue(), "image/jpeg"), *bare.size)


_EMPTY = mark("La photo est arrivée vide : choisissez-la de nouveau.")
_HEAVY = mark("La photo est trop lourde : la limite est de {most} Mo.")
_HEIC = mark(
    "Cette photo est au format HEIC, que nous ne lisons pas : dans l’appareil photo, choisissez « le plus "
    "compatible » (JPEG), ou envoyez une capture d’écran de la photo."
)
_KIND = mark(
    "« {name} » n’est ni une photo (JPEG, PNG) ni un papier (PDF, tableur, texte) : choisissez un autre "
    "fichier."
)
_RUNS = mark(
    "« {name} » contient un programme ou un fichier caché : imprimez-le de nouveau en PDF, puis joignez ce "
    "PDF."
)
_BROKEN = mark("« {name} » n’est pas une photo lisible : ouvrez-la et enregistrez-la de nouveau.")
_HUGE = mark("« {name} » est trop grande ({points} millions de points) : réduisez-la sous {most} millions.")

_BOMB = mark("« {name} » est trop grande : réduisez-la sous {most} millions de points.")


def _suffix(upload: "UploadedFile[Any]") -> str:
    return PurePath(upload.name or "").suffix.lower()


def _drawn_again(upload: "UploadedFile[Any]") -> "UploadedFile[Any]":
    name, kind = PurePath(upload.name or "").name, PHOTOS[_suffix(upload)]
    bare = _upright(upload, (kind,), name)
    file = io.BytesIO()
    bare.save(file, kind, quality=QUALITY, optimize=True)
    return SimpleUploadedFile(name, file.getvalue(), Image.MIME[kind])


def _upright(upload: "UploadedFile[Any]", formats: tuple[str, ...], name: str) -> Image.Image:
    """The picture alone, at most `LONGEST_SIDE` a side; a PNG keeps what is transparent."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=formats) as photo:
            points = photo.width * photo.height
            if points > MOST_POINTS:
                told = {"points": points // 1_000_000, "most": MOST_POINTS // 1_000_000}
                raise Refused(Verdict.no("file-huge", _HUGE, name=name, **told))
            photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(photo)
            clear = photo.format == "PNG" and "A" in upright.getbands()
            bare = upright.convert("RGBA" if clear else "RGB")
    except Image.DecompressionBombError as bomb:
        raise Refused(Verdict.no("file-huge", _BOMB, name=name, most=MOST_POINTS // 1_000_000)) from bomb
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as wrong:
        raise Refused(Verdict.no("file-broken", _BROKEN, name=name)) from wrong
    bare.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare.info.clear()
    return bare
