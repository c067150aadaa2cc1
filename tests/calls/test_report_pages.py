"""The pages of a report: filled in page by page, conflicts told, files made harmless, few questions asked."""

import io
import zlib
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from faubourg.base.cleaning import LONGEST_SIDE, cleaned
from faubourg.base.refusal import Refused
from faubourg.calls.models import Report
from faubourg.calls.services import opening_reports
from tests.factories.calls import (
    ApplicantRoleFactory,
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    FunderDecisionFactory,
    RecoveryFactory,
    ReportFactory,
)
from tests.factories.people import RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return CallFactory()


@pytest.fixture
def officer(call):
    return RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person


def opened(call, cents=600_000):
    application = ApplicationFactory(submitted=True, state="running", call=call)
    application.budget_lines.create(account="623", cents=1_000_000)
    application.budget_lines.create(account="74etat", cents=1_000_000)
    FunderDecisionFactory(
        application=application,
        funder=CallFunderFactory(call=call),
        state="notified",
        amount_cents=cents,
        voted_on=date(2015, 4, 1),
    )
    (report,) = opening_reports.open_reports(application=application)
    return report


@pytest.fixture
def report(call):
    return opened(call)


@pytest.fixture
def signatory(report, client):
    person = ApplicantRoleFactory(organisation=report.application.organisation, role="signatory").person
    client.force_login(person)
    return person


def at(report, name="report", *more):
    return reverse(name, args=[report.application_id, report.year, *more])


def money(report, **more):
    """What the page of money sends: 8 000 € spent of 10 000."""
    lines = {line.account: line.pk for line in report.lines.all()}
    report.refresh_from_db()
    typed = {f"line_{lines['623']}": "8 000", f"line_{lines['74etat']}": "8000,00"}
    return {"version": report.version, **typed, **more}


def test_filled_in_page_by_page_then_handed_in(client, report, signatory, officer):
    page = client.get(at(report)).content.decode()
    assert at(report, "report_write", "story") in page
    story = {"version": report.version, "story": "Douze ateliers.", "results": "Atteints."}
    sent = client.post(at(report, "report_write", "story"), story)
    assert sent.url == at(report, "report_write", "money")
    more = {"more_0": "613", "more_label_0": "Salle", "more_cents_0": "150,50", "gaps": "Salle payante."}
    assert client.post(at(report, "report_write", "money"), money(report, **more)).status_code == 302
    assert [(line.account, line.actual_cents) for line in report.lines.all()] == [
        ("623", 800_000), ("74etat", 800_000), ("613", 15_050),
    ]  # fmt: skip
    report.refresh_from_db()
    public = {"version": report.version, "audience_count": "38"}
    assert client.post(at(report, "report_write", "public"), public).url == at(report, "report_files")
    report.refresh_from_db()
    page = client.get(at(report, "report_hand_in"))
    assert "Tout y est" in page.content.decode()
    unticked = client.post(at(report, "report_hand_in"), {"version": report.version})
    assert unticked.status_code == 422
    client.post(at(report, "report_hand_in"), {"version": report.version, "certified": "on"})
    report.refresh_from_db()
    assert (report.state, report.certified_by_name) == ("handed_in", signatory.actor.name)
    assert client.get(at(report, "report_write", "story")).status_code == 403
    client.force_login(officer)
    page = client.get(at(report)).content.decode()
    assert "Valider le bilan" in page
    late = {"version": report.version, "reason": "Le contrat", "due_on": "2015-01-01"}
    refused = client.post(at(report, "report_act", "ask-more"), late)
    assert refused.status_code == 422
    assert "Le contrat" in refused.content.decode(), "what was typed comes back"
    client.post(at(report, "report_act", "validate"), {"version": report.version})
    report.refresh_from_db()
    assert report.state == "validated"


def test_two_windows_do_not_overwrite_each_other(client, report, signatory):
    first = {"version": report.version, "story": "La première."}
    client.post(at(report, "report_write", "story"), first)
    second = client.post(at(report, "report_write", "story"), first | {"story": "La seconde."})
    words = second.content.decode()
    assert second.status_code == 409
    assert "La première." in words
    assert "La seconde." in words
    report.refresh_from_db()
    assert report.story == "La première."


@pytest.mark.parametrize(
    "typed",
    [
        {"more_0": "613"},
        {"more_cents_0": "3"},
        {"more_0": "74etat-x", "more_cents_0": "3"},
        {"gaps": "x" * 10_001},
    ],
)
def test_what_makes_no_sense_is_said_and_kept_on_the_page(client, report, signatory, typed):
    page = client.post(at(report, "report_write", "money"), money(report, **typed))
    assert page.status_code == 422
    assert "8 000" in page.content.decode()
    assert not report.lines.filter(actual_cents__isnull=False).exists()


def test_one_page_and_photographs_for_small_money(client, call):
    report = opened(call, 400_000)
    client.force_login(
        ApplicantRoleFactory(organisation=report.application.organisation, role="signatory").person
    )
    assert client.get(at(report, "report_write", "story")).status_code == 404
    sent = client.post(
        at(report, "report_write", "page"), money(report, story="Un repas.", audience_count="40")
    )
    assert sent.url == at(report, "report_files")
    client.post(
        at(report, "report_files"), {"files": [photo("a.jpg"), photo("b.jpg", "blue")], "public": "on"}
    )
    assert report.files.filter(public=True).count() == 2
    report.refresh_from_db()
    client.post(at(report, "report_hand_in"), {"version": report.version, "certified": "on"})
    report.refresh_from_db()
    assert report.state == "handed_in"


def test_the_two_other_exits(client, report, signatory, officer):
    asked = {"version": report.version, "ends_on": "2016-03-31", "why": "Travaux dans la salle."}
    client.post(at(report, "report_new_dates"), asked)
    client.force_login(officer)
    report.refresh_from_db()
    client.post(at(report, "report_act", "grant-dates"), {"version": report.version})
    report.refresh_from_db()
    assert (report.state, report.due_on) == ("awaited", date(2017, 6, 30))
    client.force_login(signatory)
    told = {"version": report.version, "why": "Salle détruite."}
    assert client.post(at(report, "report_not_done"), told).status_code == 422
    client.post(at(report, "report_not_done"), told | {"certified": "on"})
    report.refresh_from_db()
    assert (report.state, report.why_not_done) == ("not_done", "Salle détruite.")


def test_a_recovery_is_read_once_heard_and_answered_on_its_page(client, call, officer):
    recovery = RecoveryFactory(
        application=ApplicationFactory(submitted=True, state="report_in", call=call),
        funder=CallFunderFactory(call=call),
    )
    organisation = recovery.application.organisation
    member = ApplicantRoleFactory(organisation=organisation).person
    address = reverse("recovery", args=[recovery.pk])
    client.force_login(member)
    assert client.get(address).status_code == 403
    client.force_login(officer)
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert client.post(f"{address}hear/", {"version": 1, "answer_by": "2015-01-01"}).status_code == 422
    client.post(f"{address}hear/", {"version": 1, "answer_by": until})
    assert client.post(f"{address}answer/", {"version": 2, "text": "Non."}).status_code == 403
    client.force_login(member)
    assert "Présenter vos observations" in client.get(address).content.decode()
    assert client.post(f"{address}issue/", {"version": 2}).status_code == 403
    client.post(f"{address}answer/", {"version": 2, "text": "Une facture manque."})
    client.force_login(officer)
    assert "Une facture manque." in client.get(address).content.decode()
    client.post(f"{address}issue/", {"version": 3})
    assert client.post(f"{address}pay/", {"version": 3}).status_code == 409
    client.post(f"{address}pay/", {"version": 4})
    recovery.refresh_from_db()
    assert recovery.state == "paid"


def photo(name="photo.jpg", colour="red", size=(60, 40), exif=None, kind="JPEG"):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **({"exif": exif} if exif else {}))
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def placed():
    """EXIF with a place, a device, and the photograph lying on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Camille"
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (50.0, 37.0, 45.0)
    exif._ifds[0x8825] = gps
    return exif


def test_a_photograph_forgets_where_it_was_taken_and_stands_upright(client, report, signatory):
    with Image.open(photo(exif=placed())) as before:
        assert before.getexif().get_ifd(0x8825)
    client.post(at(report, "report_files"), {"files": [photo(exif=placed())], "caption": "La fresque"})
    kept = report.files.get()
    assert kept.caption == "La fresque"
    with kept.document.file.open() as file:
        content = file.read()
    assert b"Camille" not in content
    with Image.open(io.BytesIO(content)) as after:
        assert not after.getexif()
        assert after.size == (40, 60)
    answer = client.get(at(report, "report_file", kept.pk))
    assert b"".join(answer.streaming_content) == content
    client.post(at(report, "report_files"), {"files": [photo(exif=placed())]})
    assert report.files.count() == 1, "the same photograph is joined once"
    client.post(at(report, "report_file_change", kept.pk), {"caption": "", "public": "on"})
    kept.refresh_from_db()
    assert kept.public
    client.post(at(report, "report_file_change", kept.pk), {"act": "remove"})
    assert not report.files.exists()


def test_a_large_photograph_is_made_smaller():
    with Image.open(cleaned(photo(size=(4000, 1000)))) as after:
        assert max(after.size) == LONGEST_SIDE


def pdf(*parts):
    return SimpleUploadedFile("paper.pdf", b"%PDF-1.7\n" + b"\n".join(parts) + b"\n%%EOF")


def hidden(content):
    """Objects in a compressed stream, as PDF writers do."""
    packed = zlib.compress(content)
    return b"4 0 obj << /Type /ObjStm /Length %d >>\nstream\n%s\nendstream endobj" % (len(packed), packed)


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>"), "type accepté"),
        (SimpleUploadedFile("a.exe", b"MZ"), "type accepté"),
        (SimpleUploadedFile("a.zip", b"PK\x03\x04"), "lisible"),
        (SimpleUploadedFile("a.json", b"{}"), "ni une photo"),
        (SimpleUploadedFile("a.jpg", b""), "vide"),
        (SimpleUploadedFile("a.jpg", b"<html>"), "lisible"),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0broken"), "photo lisible"),
        (SimpleUploadedFile("a.png", photo().read()), "lisible"),
        (photo("a.png", size=(8000, 8000), kind="PNG"), "trop grande"),
        (pdf(b"1 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"), "programme"),
        (pdf(b"1 0 obj << /S /J#61vaScript >> endobj"), "programme"),
        (pdf(b"1 0 obj << /S /Launch >> endobj"), "programme"),
        (pdf(hidden(b"1 0 << /S /JavaScript /JS (x) >>")), "programme"),
        (pdf(b"4 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\nnot zlib\nendstream"), "programme"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_hostile_files_are_refused_with_a_sentence(client, report, signatory, upload, words):
    with pytest.raises(Refused, match=words):
        cleaned(upload)
    upload.seek(0)
    page = client.post(at(report, "report_files"), {"files": [photo(), upload]})
    assert page.status_code == 422
    assert not report.files.exists(), "all or none"


def test_an_honest_paper_is_kept_as_it_is():
    paper = pdf(hidden(b"1 0 << /Type /Page >>"))
    assert cleaned(paper) is paper


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_ask_as_much_for_three_rows_as_for_one(
    client, call, officer, rows, django_assert_max_num_queries
):
    organisation = opened(call).application.organisation
    for _ in range(rows - 1):
        ReportFactory(application=ApplicationFactory(submitted=True, call=call, organisation=organisation))
    client.force_login(officer)
    address = reverse("call_reports", args=[call.code])
    client.get(address)
    with django_assert_max_num_queries(15):
        page = client.get(address)
    assert page.context["listing"].total == rows
    client.force_login(ApplicantRoleFactory(organisation=organisation).person)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("my_reports"))
    assert page.context["listing"].total == rows


def test_late_reports_come_first(client, call, officer):
    done = ReportFactory(
        application=ApplicationFactory(submitted=True, call=call), state="closed", due_on=date(2010, 1, 1)
    )
    ahead = ReportFactory(
        application=ApplicationFactory(submitted=True, call=call),
        due_on=timezone.localdate() + timedelta(days=300),
    )
    late = ReportFactory(application=ApplicationFactory(submitted=True, call=call), state="reminded")
    client.force_login(officer)
    page = client.get(reverse("call_reports", args=[call.code]))
    assert [row.pk for row in page.context["listing"].page] == [late.pk, ahead.pk, done.pk]
    page = client.get(
        reverse("call_reports", args=[call.code]), {"etat": "0", "forme": "full", "q": "action"}
    )
    assert [row.pk for row in page.context["listing"].page] == [late.pk]
    assert client.get(reverse("call_reports", args=[call.code]), {"format": "csv"}).status_code == 200


@pytest.mark.parametrize("name", ["report", "report_hand_in", "report_files", "report_new_dates"])
def test_a_page_of_a_report_asks_at_most_fifteen_questions(
    client, report, signatory, name, django_assert_max_num_queries
):
    client.post(at(report, "report_files"), {"files": [photo(), photo(colour="blue")]})
    with django_assert_max_num_queries(15):
        assert client.get(at(report, name)).status_code == 200


@pytest.mark.parametrize("ending", ["pdf", "csv", "xlsx", "ods"])
def test_the_account_leaves_on_the_layout_of_the_form(client, report, signatory, ending):
    client.post(at(report, "report_write", "money"), money(report))
    Report.objects.filter(pk=report.pk).update(exit="account", handed_in_at=timezone.now())
    answer = client.get(f"{at(report)}15059.{ending}")
    assert answer.status_code == 200
    assert len(answer.content) > 200
    if ending == "csv":
        assert "623;" in answer.content.decode()
        assert "10000,0;8000,0;80,0" in answer.content.decode()
        assert "représente 75,0" in answer.content.decode()
    assert client.get(f"{at(report)}15059.exe").status_code == 404
