"""The pages of an annual report: who reads them, what they show, what they cost, what they refuse."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.base import drafts
from faubourg.evaluation.models import AnnualReport, Opinion
from tests.factories.contracts import FundingLineFactory
from tests.factories.evaluation import AnnualReportFactory, OpinionFactory
from tests.factories.people import PersonFactory
from tests.factories.territories import FigureFactory, IndicatorFactory

from .conftest import DUE, SENT, YEAR

pytestmark = pytest.mark.django_db


def address(report, name="", *args):
    return reverse(f"annual_report{name}", args=[report.contract.code, report.year, *args])


@pytest.fixture
def published(place):
    return AnnualReportFactory(contract=place.contract, published=True)


def opinions(report, count):
    for _ in range(count):
        OpinionFactory(report=report, sense="reserved", answered_on=SENT, text="La desserte manque.")


@pytest.mark.parametrize("count", [1, 3])
def test_a_published_report_costs_the_same_whatever_it_holds(
    client, place, django_assert_max_num_queries, count
):
    for _ in range(count):
        FundingLineFactory(contract=place.contract, territory=place.quarters[0], year=YEAR)
    report = AnnualReportFactory(contract=place.contract, published=True)
    opinions(report, count)
    with django_assert_max_num_queries(12):
        page = client.get(address(report))
    assert page.status_code == 200
    assert page.content.decode().count("La desserte manque.") == count


@pytest.mark.parametrize("who", ["officer", "referent"])
@pytest.mark.parametrize(
    "page", ["annual_report", "annual_report_csv", "annual_report_xlsx", "annual_report_pdf"]
)
def test_a_project_costs_fifteen_queries_at_most(
    client, place, request, django_assert_max_num_queries, page, who
):
    report = AnnualReportFactory(contract=place.contract)
    FundingLineFactory(contract=place.contract, territory=place.quarters[0], year=YEAR)
    client.force_login(request.getfixturevalue(who))
    with django_assert_max_num_queries(15):
        assert client.get(reverse(page, args=[place.contract.code, report.year])).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_one_report_or_three(
    client, place, officer, django_assert_max_num_queries, count
):
    for rank in range(count):
        AnnualReportFactory(contract=place.contract, year=2020 + rank)
    client.force_login(officer)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("annual_reports", args=[place.contract.code]))
    assert len(page.context["lines"]) == count


def test_a_project_is_read_by_partners_and_a_report_by_everybody(client, place, report):
    public = AnnualReportFactory(contract=place.contract, year=2022, published=True)
    listed = client.get(reverse("annual_reports", args=[place.contract.code])).context["lines"]
    assert [line.report.year for line in listed] == [2022]
    assert client.get(address(public)).status_code == 200
    for name in ("", "_pdf", "_csv", "_xlsx"):
        refused = client.get(address(report, name))
        assert refused.status_code in (302, 403), name
    client.force_login(PersonFactory())
    assert client.get(address(report)).status_code == 403


def test_the_officer_writes_and_two_windows_lose_nothing(client, report, officer):
    client.force_login(officer)
    key = f"annual-report:{report.pk}"
    drafts.save(person_ref=officer.ref, form_key=key, content={"perspectives": "Un brouillon"})
    page = client.get(address(report, "_write"))
    assert (page.status_code, b"data-autosave" in page.content) == (200, True)
    done = client.post(address(report, "_write"), {"perspectives": "Les miennes", "version": 1})
    assert done.status_code == 302
    assert drafts.load(person_ref=officer.ref, form_key=key) is None
    late = client.post(address(report, "_write"), {"perspectives": "Trop tard", "version": 1})
    assert late.status_code == 409
    text = late.content.decode()
    assert "Les miennes" in text
    assert "Trop tard" in text


def test_from_the_sending_to_the_publication_by_the_pages(client, report, officer, referent):
    client.force_login(officer)
    sending = {"sent_on": SENT, "reply_by": DUE, "bodies": "Conseil citoyen Alpha", "version": 1}
    with time_machine.travel("2024-03-15 10:00+01:00", tick=False):
        assert client.post(address(report, "_send"), sending).status_code == 302
        refused = client.post(address(report, "_close"), follow=True).content.decode()
        assert "16 avril 2024" in refused
        council = Opinion.objects.get(name="Bourg")
        client.force_login(referent)
        rive = Opinion.objects.get(name="Rive")
        given = {"sense": "reserved", "answered_on": SENT, "text": "La desserte manque.", "version": 1}
        assert client.post(address(report, "_opinion", rive.pk), given).status_code == 403
        assert client.post(address(report, "_opinion", council.pk), given).status_code == 302
    client.force_login(officer)
    with time_machine.travel("2024-04-16 00:30+02:00", tick=False):
        assert "réputé favorable" in client.post(address(report, "_close"), follow=True).content.decode()
        report.refresh_from_db()
        act = {"on": "2024-04-16", "deliberation": "Conseil, n° 12", "version": report.version}
        missing = client.post(address(report, "_deliberate"), act)
        assert missing.context["form"].errors["follow_up"]
        assert client.post(address(report, "_deliberate"), act | {"follow_up": "Étudiée."}).status_code == 302
        client.post(address(report, "_publish"))
    report.refresh_from_db()
    assert report.state == AnnualReport.State.PUBLISHED
    client.logout()
    public = client.get(address(report)).content.decode()
    assert "La desserte manque." in public
    assert "Luc Petit" not in public
    assert "Ana Diaz" not in public


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"bodies": ""}, "bodies"),
        ({"reply_by": "2024-04-14"}, "reply_by"),
        ({"sent_on": "2024-03-01"}, "proof"),
        ({"sent_on": "jamais"}, "sent_on"),
        ({"bodies": "x" * 201}, "bodies"),
    ],
)
@time_machine.travel("2024-03-15 10:00+01:00", tick=False)
def test_what_is_missing_is_said_beside_its_field(client, report, officer, change, field):
    client.force_login(officer)
    sending = {"sent_on": SENT, "reply_by": DUE, "bodies": "Conseil citoyen", "version": 1}
    answer = client.post(address(report, "_send"), sending | change)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_document_is_annexed_and_only_read_with_the_report(client, place, officer):
    opinion = OpinionFactory(report=AnnualReportFactory(contract=place.contract, sent=True))
    client.force_login(officer)
    upload = SimpleUploadedFile("avis <b>.pdf", b"%PDF-1.7 avis", "application/pdf")
    given = {"sense": "unfavourable", "answered_on": SENT, "version": 1, "document": upload}
    assert client.post(address(opinion.report, "_opinion", opinion.pk), given).status_code == 302
    file = client.get(address(opinion.report, "_opinion_file", opinion.pk))
    assert (file.status_code, file.content) == (200, b"%PDF-1.7 avis")
    assert file["Content-Disposition"].startswith("attachment")
    client.logout()
    assert client.get(address(opinion.report, "_opinion_file", opinion.pk)).status_code != 200
    client.force_login(officer)
    wrong = SimpleUploadedFile("avis.pdf", b"<html>", "application/pdf")
    again = client.post(
        address(opinion.report, "_opinion", opinion.pk), given | {"version": 2, "document": wrong}
    )
    assert again.status_code == 422


def test_a_secret_cell_is_masked_everywhere(client, place):
    poverty = IndicatorFactory(code="taux-pauvrete", name_fr="Taux de pauvreté", additive=False)
    FigureFactory(territory=place.quarters[0], indicator=poverty, value=None, secrecy="secret")
    report = AnnualReportFactory(contract=place.contract, published=True)
    assert "secret statistique" in client.get(address(report)).content.decode()
    assert "secret statistique" in client.get(address(report, "_csv")).content.decode("utf-8-sig")
    api = client.get(f"/api/contrats/{place.contract.generation}/{place.contract.code}/rapports/{YEAR}")
    assert api.json()["facts"]["situation"][0]["value"] is None


@pytest.mark.parametrize("state", ["draft", "published"])
def test_the_pdf_is_tagged_whatever_was_typed(client, place, officer, state):
    traits = {"published": True} if state == "published" else {}
    report = AnnualReportFactory(contract=place.contract, perspectives="# [danger] $x$ 🎉\n«é»", **traits)
    opinions(report, 2)
    client.force_login(officer)
    answer = client.get(address(report, "_pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"/MarkInfo" in answer.content or b"/StructTreeRoot" in answer.content


def test_the_open_data_holds_what_is_published_and_nothing_else(client, place, published):
    AnnualReportFactory(contract=place.contract, year=2021)
    listed = client.get("/api/rapports").json()
    assert [item["year"] for item in listed["items"]] == [published.year]
    base = f"/api/contrats/{place.contract.generation}/{place.contract.code}/rapports"
    assert client.get(f"{base}/{2021}").status_code == 404
    assert client.get(f"{base}/{published.year}").json()["deliberation"] == "Conseil, n° 12"
    assert client.get(f"{base}/99999999999").status_code in (404, 422)


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_tables_travel(client, published, fmt):
    assert client.get(address(published, f"_{fmt}")).status_code == 200


def test_addresses_that_mean_nothing_are_answered(client, published, officer):
    code = published.contract.code
    assert client.get(f"/contrats/{code}/rapports/1999/").status_code == 404
    client.force_login(officer)
    assert client.get(address(published, "_opinion", 999_999)).status_code == 404
    moved = client.get(f"/contrats/{code.lower()}/rapports/{published.year}/")
    assert moved.headers["Location"] == address(published)
    wrong = client.post(reverse("annual_report_open", args=[code]), {"year": "l’an dernier"}, follow=True)
    assert wrong.status_code == 200
