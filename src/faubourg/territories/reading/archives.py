"""Zip files from outside: nothing is unpacked before names, sizes and ratios have been looked at."""

import io
import zipfile
from pathlib import PurePosixPath

from faubourg.rules.verdict import mark

from .limits import MEGABYTE, MOST_ENTRIES, MOST_UNPACKED, unreadable

# Text packs to a tenth; a thousandth is a trap.
MOST_RATIO = 300


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, once it is known to be safe to unpack; raises `Refused`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as broken:
        raise unreadable(
            "broken-zip", mark("L’archive est abîmée ou incomplète : refaites le fichier, puis renvoyez-le.")
        ) from broken
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise unreadable(
            "zip-too-many",
            mark("L’archive contient {count} fichiers : n’y laissez que la couche utile."),
            count=len(entries),
        )
    for entry in entries:
        _check_name(entry.filename)
        if entry.flag_bits & 0x1:
            raise unreadable(
                "zip-locked", mark("L’archive est protégée par un mot de passe : renvoyez-la sans.")
            )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), MEGABYTE // 100):
        raise unreadable(
            "zip-bomb",
            mark("Une fois dépliée, l’archive pèserait {size} Mo : elle est refusée sans être ouverte."),
            size=unpacked // MEGABYTE,
        )
    return archive


def _check_name(name: str) -> None:
    """A name that climbs out of its folder has no honest reason."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
        raise unreadable(
            "zip-traversal",
            mark("L’archive contient un chemin qui sort de son dossier ({name}) : elle est refusée."),
            name=name[:80],
        )


def unpacked(archive: zipfile.ZipFile, entry: str, *, most: int = MOST_UNPACKED) -> bytes:
    """One entry, read no further than what it announced; raises `Refused` when it lies about its size."""
    announced = archive.getinfo(entry).file_size
    try:
        with archive.open(entry) as stream:
            content = stream.read(min(announced, most) + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as broken:
        raise unreadable(
            "broken-zip", mark("L’archive est abîmée ou incomplète : refaites le fichier, puis renvoyez-le.")
        ) from broken
    if len(content) > announced:
        raise unreadable(
            "zip-bomb",
            mark("Une fois dépliée, l’archive pèserait {size} Mo : elle est refusée sans être ouverte."),
            size=len(content) // MEGABYTE,
        )
    return content
