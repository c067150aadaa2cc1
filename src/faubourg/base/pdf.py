"""PDF that archives keep and screen readers read: PDF/A-3a and PDF/UA-1, compiled by typst.

Data reach a template as JSON, never as typst source: whatever somebody typed comes out literally. The same
words in the same template are compiled once: the file stays in memory until others take its place.
The compiler refuses what breaks the two standards, so a PDF that exists follows them.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language

import faubourg

from . import glyphs
from .cells import shown
from .made import Made
from .text import printable

# Templates of every room may import from the package: `#import "/base/typst/…"`.
ROOT = Path(faubourg.__file__).resolve().parent
# A contract with its annexes weighs 300 kB: the latest hundred or so.
made = Made(most=32 * 1024 * 1024)
_STANDARDS: list[Any] = ["a-3a", "ua-1"]
# Archives refuse a sign without a glyph (an emoji, another script): it is shown as a question mark
# rather than refusing the whole file. The compiler names some of them only: after its first refusal, every
# sign that our fonts lack goes at once. These are drawn without a glyph.
_NO_GLYPH = "?"
_NEED_NO_GLYPH = frozenset(map(ord, "\n\r"))
_NOT_DISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_MAIN = b"""#set document(title: sys.inputs.title)
#set text(lang: sys.inputs.lang, font: "Inter")
#include sys.inputs.template
"""


class NotCompiled(RuntimeError):
    """Typst refused the template or the standards; the message says where."""


def compile(template: Path, data: dict[str, Any], *, lang: str, title: str) -> bytes:
    """The PDF of one template of this package, with `data` readable in it as

        #let data = json(bytes(sys.inputs.data))

    `lang` is a two-letter code, `title` what the window's title shows: both are mandatory. Only the fonts
    of settings.PDF_FONTS exist. Raises ValueError without lang or title, NotCompiled when typst refuses.
    """
    if not (lang and title):
        message = "A PDF needs its language and its title: screen readers say them first."
        raise ValueError(message)
    # Written once so that texts that are translated late are texts, then cleaned, then written for good.
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder, allow_nan=False))
    inputs = {
        "data": json.dumps(_printable(plain), ensure_ascii=False),
        "lang": lang,
        "title": _printable(title),
        "template": "/" + template.resolve().relative_to(ROOT).as_posix(),
    }
    if settings.DEBUG:
        return _made(template, inputs)
    key = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).digest()
    return made.get(key, lambda: _made(template, inputs))


def _made(template: Path, inputs: dict[str, str]) -> bytes:
    try:
        return _compiled(inputs)
    except typst.TypstError as error:
        missing = _signs_without_glyph(error.diagnostic)
        if not missing:
            raise _not_compiled(template, error) from error
    for name in ("data", "title"):
        inputs[name] = _drawable(inputs[name], missing)
    try:
        return _compiled(inputs)
    except typst.TypstError as error:
        raise _not_compiled(template, error) from error


def _not_compiled(template: Path, error: typst.TypstError) -> NotCompiled:
    return NotCompiled(f"{template.name}: {error.message} {' '.join(error.hints)}\n{error.diagnostic}")


def _printable(value: Any) -> Any:
    """The same data, each text of it without control signs: the standards refuse them."""
    match value:
        case str():
            return printable(value).replace("\t", " ")
        case list():
            return [_printable(each) for each in value]
        case dict():
            return {key: _printable(each) for key, each in value.items()}
    return value


def _drawable(text: str, missing: set[str]) -> str:
    """The text with a question mark for each sign that our fonts cannot draw."""
    known = glyphs.covered(Path(settings.PDF_FONTS)) | _NEED_NO_GLYPH
    # What is named may stand beside a quotation mark or a brace: those of JSON stay.
    named = {sign for sign in missing if not sign.isascii()}
    without = {ord(sign): _NO_GLYPH for sign in set(text) if ord(sign) not in known or sign in named}
    return text.translate(without)


def _compiled(inputs: dict[str, str]) -> bytes:
    main: Any = _MAIN  # the wheel's stubs type what is compiled as a free variable
    return typst.compile(
        main,
        root=ROOT,
        font_paths=_fonts(Path(settings.PDF_FONTS)),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=_STANDARDS,
    )


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """Read once a process: a third of the time of a short document."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _signs_without_glyph(diagnostic: str) -> set[str]:
    """The signs that the fonts do not hold, as the compiler names them: « 北 », « \\u{fe0f} »."""
    found = _NOT_DISPLAYED.findall(diagnostic)
    plain = (_ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text) for text in found)
    return {sign for text in plain for sign in text}


def table(
    title: str,
    *,
    headers: Sequence[str],
    numeric: Sequence[bool],
    rows: Iterable[Sequence[Any]],
    lines: Sequence[str],
) -> bytes:
    """A list as a PDF: landscape, header repeated on each page, `lines` under the title."""
    data = {
        "headers": list(headers),
        "numeric": list(numeric),
        "rows": [
            [str(shown(cell, grouped=number)) for cell, number in zip(row, numeric, strict=True)]
            for row in rows
        ],
        "lines": list(lines),
    }
    lang = (get_language() or settings.LANGUAGE_CODE)[:2]
    return compile(ROOT / "base/typst/table.typ", data, lang=lang, title=title)
