"""The form CERFA of a dossier and the file of each funder: what is in leaves whole, in bounded memory."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from faubourg.calls.models import Applicant, Application, BudgetLine, FundingRequest
from faubourg.calls.views.funder_export import funder_csv
from tests.factories.calls import ApplicationFactory, CallFactory, CallFunderFactory, FundingRequestFactory
from tests.factories.people import OrganisationFactory, RoleGrantFactory

from .dossiers import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return CallFactory(code="ville-2015")


@pytest.fixture
def region(call):
    return CallFunderFactory(call=call, name="Région")


@pytest.fixture
def runner(call, client):
    person = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person
    client.force_login(person)
    return person


def asked_of(funder, cents=200_000, **fields):
    dossier = ApplicationFactory(submitted=True, call=funder.call, **fields)
    FundingRequestFactory(application=dossier, funder=funder, cents=cents)
    return dossier


def cells_of(data):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def csv_of(client, funder):
    answer = client.get(reverse("call_funder_export_csv", args=[funder.call.code, funder.pk]))
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def whole_dossier():
    dossier = ready(organisation=OrganisationFactory(name="Les Voisins", rna="W751234567"))
    Applicant.objects.create(organisation=dossier.organisation, acronym="LV", purpose="Voisiner", vat=False)
    for account, cents in (("864", 12_000), ("870", 12_000)):
        BudgetLine.objects.create(application=dossier, account=account, cents=cents)
    Application.objects.filter(pk=dossier.pk).update(
        state="submitted", number="2015-00001", signed_by_name="Camille Martin",
        submitted_at=datetime(2015, 1, 20, 9, tzinfo=UTC),
    )  # fmt: skip
    dossier.refresh_from_db()
    return dossier


def test_the_form_is_a_tagged_pdf_and_a_spreadsheet_that_add_up(client):
    dossier = whole_dossier()
    client.force_login(
        RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=dossier.call.code).person
    )
    answer = client.get(reverse("application_cerfa_pdf", args=[dossier.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in answer.content or b"ObjStm" in answer.content
    rows = cells_of(client.get(reverse("application_cerfa_xlsx", args=[dossier.pk])).content)
    told = {row[1]: row for row in rows}
    assert told["Numéro RNA"][2] == "W751234567"
    assert told["Total des charges"][2] == told["Total des charges"][4] == 10_000
    assert told["Total des emplois en nature"][2] == told["Total des emplois en nature"][4] == 120
    assert any(row[3] == "– Région (sollicité)" and row[4] == 5_000 for row in rows)
    assert any("Camille Martin" in str(row[1]) for row in rows)


def test_a_draft_says_that_it_is_not_signed(client):
    dossier = ready()
    client.force_login(dossier.organisation.applicant_roles.get().person)
    rows = cells_of(client.get(reverse("application_cerfa_xlsx", args=[dossier.pk])).content)
    assert any("Non signée" in str(row[1]) for row in rows)
    assert client.get(reverse("application_cerfa_pdf", args=[dossier.pk])).status_code == 200


def test_a_file_of_a_funder_has_the_columns_of_the_form(client, call, region, runner):
    dossier = asked_of(region, title="=1+1", starts_on=date(2015, 3, 1))
    asks_line = {"application": dossier, "account": "601", "cents": 310_050}
    BudgetLine.objects.create(**asks_line)
    FundingRequestFactory(application=dossier, funder=region, year=2016, cents=100_000)
    asked_of(CallFunderFactory(call=call, name="Ville"))
    (row,) = csv_of(client, region)
    assert row["Numéro"] == dossier.number
    assert row["Titre"] == "'=1+1"
    assert row["Demandé à Région – fonctionnement 2015"] == "2000,00"
    assert row["Demandé à Région – fonctionnement 2016"] == "1000,00"
    assert row["Demandé à tous les financeurs"] == "3000,00"
    assert row["601 Achats de matières et fournitures"] == "3100,50"
    assert row["Début"] == "2015-03-01"
    book = cells_of(client.get(reverse("call_funder_export", args=[call.code, region.pk])).content)
    assert len(book) == 2
    assert "601 Achats de matières et fournitures" in book[0]


def test_a_file_never_holds_what_its_reader_stands_back_from(client, call, region, runner):
    kept, hidden, by_name = asked_of(region), asked_of(region), asked_of(region)
    told = {"person": runner, "reason": "Lien", "declared_on": date(2015, 2, 1)}
    call.interests.create(application=hidden, **told)
    call.interests.create(organisation=by_name.organisation, **told)
    assert [row["Numéro"] for row in csv_of(client, region)] == [kept.number]
    book = cells_of(client.get(reverse("call_funder_export", args=[call.code, region.pk])).content)
    assert len(book) == 2
    page = client.get(reverse("call_exports", args=[call.code]))
    assert page.context["funders"] == [(region, 1)]
    for name in ("application_cerfa_pdf", "application_cerfa_xlsx"):
        assert client.get(reverse(name, args=[hidden.pk])).status_code == 403


def test_drafts_and_other_calls_stay_out(client, call, region, runner):
    draft = ApplicationFactory(call=call)
    FundingRequestFactory(application=draft, funder=region)
    assert csv_of(client, region) == []
    other = CallFunderFactory()
    assert client.get(reverse("call_funder_export", args=[call.code, other.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_exchanges_asks_as_much_for_three_as_for_one(
    client, call, runner, rows, django_assert_max_num_queries
):
    for rank in range(rows):
        asked_of(CallFunderFactory(call=call, name=f"Financeur {rank}"))
    address = reverse("call_exports", args=[call.code])
    client.get(address)
    with django_assert_max_num_queries(15):
        assert client.get(address).status_code == 200


def many(funder, count):
    """`count` dossiers asking this funder, with their budget, of one organisation."""
    first = asked_of(funder)
    rows = Application.objects.bulk_create(
        Application(
            call=funder.call, organisation=first.organisation, title=f"Action {rank}", state="submitted",
            number=f"N{funder.pk}-{rank:06d}", submitted_at=first.submitted_at, summary="Un texte. " * 40,
        )
        for rank in range(count - 1)
    )  # fmt: skip
    FundingRequest.objects.bulk_create(
        FundingRequest(application=row, funder=funder, nature="operating", year=2015, cents=200_000)
        for row in rows
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(application=row, account=account, cents=100_000)
        for row in rows
        for account in ("601", "641", "758")
    )


def peak_of(funder, person):
    """Most memory held while the file is sent, in bytes, and its lines."""
    tracemalloc.start()
    lines = sum(1 for _line in funder_csv(funder, person))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, lines


def test_ten_times_more_dossiers_take_no_more_memory(call, runner):
    small, large = (CallFunderFactory(call=call, name=name) for name in ("Petit", "Grand"))
    many(small, 200)
    many(large, 2_000)
    before, lines = peak_of(small, runner)
    assert lines == 201
    after, lines = peak_of(large, runner)
    assert lines == 2_001
    assert after < 2 * before
