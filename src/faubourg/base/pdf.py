"""PDF that archives keep and screen readers read: PDF/A-3a and PDF/UA-1, compiled by typst.

Data reach a template as JSON, never as typst source: whatever somebody typed comes out literally.
The compiler refuses what breaks the two standards, so a PDF that exists follows them.
"""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language

import faubourg

from .cells import shown

# Templates of every room may import from the package: `#import "/base/typst/…"`.
ROOT = Path(faubourg.__file__).resolve().parent
_STANDARDS: list[Any] = ["a-3a", "ua-1"]
# Archives refuse a sign without a glyph (an emoji, another script): it is shown as a question mark
# rather than refusing the whole file. The compiler names some at a time.
_NO_GLYPH = "?"
_MOST_ATTEMPTS = 12
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
    inputs = {
        "data": json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False),
        "lang": lang,
        "title": title,
        "template": "/" + template.resolve().relative_to(ROOT).as_posix(),
    }
    for _attempt in range(_MOST_ATTEMPTS):
        try:
            return _compiled(inputs)
        except typst.TypstError as error:
            missing = _signs_without_glyph(error.diagnostic)
            if not missing:
                message = f"{template.name}: {error.message} {' '.join(error.hints)}\n{error.diagnostic}"
                raise NotCompiled(message) from error
        inputs["data"] = inputs["data"].translate(dict.fromkeys(map(ord, missing), _NO_GLYPH))
    message = f"{template.name}: signs without glyph remain after {_MOST_ATTEMPTS} attempts."
    raise NotCompiled(message)


def _compiled(inputs: dict[str, str]) -> bytes:
    main: Any = _MAIN  # the wheel's stubs type what is compiled as a free variable
    return typst.compile(
        main,
        root=ROOT,
        font_paths=[Path(settings.PDF_FONTS)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=_STANDARDS,
    )


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
