"""A paper is read, not run: scripts of a PDF and macros of an office document are refused with a sentence."""

import io
import zipfile
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.base.documents import acceptable

SCRIPT = {"/S": "/JavaScript", "/JS": "app.alert(1)"}


def pdf(action=None, *, compressed=False, **options):
    """A page, and what it would run when opened."""
    file = io.BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page()
        if action:
            told = {
                key: pikepdf.Name(value) if value.startswith("/") else value for key, value in action.items()
            }
            book.Root.OpenAction = book.make_indirect(
                pikepdf.Dictionary(**{k[1:]: v for k, v in told.items()})
            )
        mode = pikepdf.ObjectStreamMode.generate if compressed else pikepdf.ObjectStreamMode.disable
        book.save(file, object_stream_mode=mode, **options)
    return file.getvalue()


def book(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return file.getvalue()


def code(name, content):
    verdict = acceptable(SimpleUploadedFile(name, content))
    return [reason.code for reason in verdict.refusals()]


def objects(content, told=b"/Filter /FlateDecode", line=b"\n"):
    """A PDF whose objects are in one compressed stream, written by hand."""
    head = b"%PDF-1.7\n2 0 obj <</Type /ObjStm /N 1 /First 4 " + told + b">>\nstream" + line
    return head + content + b"\nendstream endobj\n%%EOF"


OBJECT = b"1 0 << /S /JavaScript /JS (app.alert(1)) >>"
FOLDED = zlib.compress(OBJECT)
BOMB = zlib.compress(b"0" * (200 * 1024 * 1024), 9)
FORM = b"%PDF-1.7\n1 0 obj << /AcroForm << /XFA 2 0 R >> >> endobj\n%%EOF"
HIDDEN = pdf(SCRIPT).replace(b"/JavaScript", b"/Java#53cript")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf(SCRIPT)),
        ("a.pdf", pdf(SCRIPT, compressed=True)),
        ("a.pdf", HIDDEN),
        ("a.pdf", pdf({"/S": "/Launch", "/F": "cmd.exe"})),
        ("a.pdf", FORM),
        ("a.pdf", objects(FOLDED, b"/Filter /FlateDecode" + b" " * 5_000)),
        ("a.pdf", objects(FOLDED, line=b"\r")),
        ("a.pdf", objects(OBJECT.hex().encode() + b">", b"/Filter /ASCIIHexDecode")),
        ("a.pdf", objects(FOLDED, b"/Filter /FlateDecode /DecodeParms <</Predictor 12>>")),
        ("a.pdf", objects(BOMB)),
        ("a.docx", book("word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", book("xl/macrosheets/sheet1.xml")),
        ("a.odt", book("content.xml", "Basic/Standard/Module1.xml")),
        ("a.ods", book("content.xml", "Scripts/python/x.py")),
    ],
)
def test_what_runs_is_refused(name, content):
    assert code(name, content) == ["upload-active"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()),
        ("a.pdf", pdf(compressed=True)),
        ("a.pdf", pdf(compressed=True, encryption=pikepdf.Encryption(owner="x", user=""))),
        ("a.pdf", objects(b"1 0 << /Type /Catalog >>", b"")),
        ("a.docx", book("word/document.xml")),
        ("a.odt", book("content.xml", "meta.xml")),
    ],
)
def test_a_paper_is_kept(name, content):
    assert code(name, content) == []


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.exe", "a.docm"])
def test_what_is_no_paper_is_refused_by_its_kind(name):
    assert code(name, b"<svg onload='x'/>") == ["upload-kind"]
