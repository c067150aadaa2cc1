"""PDF: both standards held, and nothing that somebody typed is run."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.utils import translation

from faubourg.base import glyphs, pdf

HOSTILE = [
    '#panic("x")',
    "*gras*",
    "#sys.inputs",
    "$x$",
    "<label> @ref",
    "\\u{1F600}",
    "= titre",
    "#",
    '"]',
    "`raw`",
]


def of_table(**changes):
    asked = {"headers": ["Nom", "Pop."], "numeric": [False, True], "rows": [["A", 1]], "lines": []} | changes
    return pikepdf.open(io.BytesIO(pdf.table("Quartiers", **asked)))


def texts(document):
    """Every text of a PDF, in the order in which it is drawn."""
    found = []
    for page in document.pages:
        fonts = {name: _characters(font) for name, font in page.resources.get("/Font", {}).items()}
        current = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                current = fonts[str(operands[0])]
            elif str(operator) in ("Tj", "TJ"):
                parts = operands[0] if str(operator) == "TJ" else operands
                for part in parts:
                    if isinstance(part, pikepdf.String):
                        raw = bytes(part)
                        found += [current.get(raw[i : i + 2].hex(), "?") for i in range(0, len(raw), 2)]
    return "".join(found)


def _characters(font):
    """Glyph to text, from the font's own ToUnicode table."""
    table, lines = {}, bytes(font.ToUnicode.read_bytes()).decode("latin-1").splitlines()
    for line in lines:
        parts = line.replace("<", " ").replace(">", " ").split()
        if len(parts) == 2 and all(len(p) % 4 == 0 for p in parts) and line.startswith("<"):
            table[parts[0].lower()] = bytes.fromhex(parts[1]).decode("utf-16-be")
    return table


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_pdf_is_tagged_titled_and_archivable(lang):
    with translation.override(lang):
        document = of_table()
    root = document.Root
    assert bool(root.MarkInfo.Marked)
    assert "/StructTreeRoot" in root
    assert str(root.Lang) == lang
    assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "Quartiers"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"


def test_only_our_fonts_are_used():
    document = of_table()
    fonts = document.pages[0].resources.Font
    assert {str(font.BaseFont).split("+")[1].split("-")[0] for font in fonts.values()} == {"Inter"}


def test_hostile_texts_come_out_literally():
    document = of_table(rows=[[text, 1] for text in HOSTILE], lines=HOSTILE)
    drawn = texts(document).replace(" ", "")
    for text in HOSTILE:
        assert drawn.count(text.replace(" ", "")) >= 2, text


def test_numbers_are_set_apart_and_nothing_is_a_dash():
    assert "12345" in texts(of_table(rows=[["A", 12345]])).translate(dict.fromkeys((0xA0, 0x202F, 0x20)))
    assert "—" in texts(of_table(rows=[["A", None]]))


def test_a_long_list_repeats_its_header():
    document = of_table(rows=[[f"Quartier {rank}", rank] for rank in range(200)])
    assert len(document.pages) > 3


def test_a_pdf_without_title_or_language_is_an_error():
    for lang, title in (("", "t"), ("fr", "")):
        with pytest.raises(ValueError, match="language and its title"):
            pdf.compile(pdf.ROOT / "base/typst/table.typ", {}, lang=lang, title=title)


def test_a_template_outside_the_package_is_refused():
    with pytest.raises(ValueError, match="subpath"):
        pdf.compile(Path("/etc/passwd"), {}, lang="fr", title="t")


def test_what_typst_refuses_is_told():
    with pytest.raises(pdf.NotCompiled, match=r"table\.typ"):
        pdf.compile(pdf.ROOT / "base/typst/table.typ", {"headers": []}, lang="fr", title="t")


def test_signs_that_nothing_draws_cost_one_more_compilation_and_no_refusal(monkeypatch):
    made, compiled = [], pdf._compiled
    monkeypatch.setattr(pdf, "_compiled", lambda inputs: made.append(1) or compiled(inputs))
    odd = "".join(map(chr, [*range(1, 32), *range(0x7F, 0xA0), 0x202E, 0x2066, 0xD800, 0xFEFF, 0xFFFE]))
    ideographs = [["".join(map(chr, range(first, first + 40))), 1] for first in range(0x4E00, 0x5200, 40)]
    drawn = texts(of_table(rows=[[f"Ctl{odd}Nom", 1], ["🏘️👩‍👩‍👧", 1], *ideographs], lines=[odd]))
    assert "Nom" in drawn
    assert "??" in drawn
    assert len(made) == 2


def test_a_title_is_cleaned_as_well():
    assert pdf.table("Un\x01 titre 北", headers=["a"], numeric=[False], rows=[], lines=[]).startswith(b"%PDF")


def test_the_signs_of_a_font_are_read_as_a_library_for_fonts_reads_them():
    fonts = pytest.importorskip("fontTools.ttLib")
    folder = Path(settings.PDF_FONTS)
    each = [set(fonts.TTFont(path).getBestCmap()) for path in folder.glob("*.ttf")]
    assert glyphs.covered(folder) == set.intersection(*each)
