"""A spreadsheet of dossiers: an error per cell, nothing before the confirmation, nothing twice."""

import io
import zipfile
from copy import deepcopy
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from faubourg.base import tables
from faubourg.base.refusal import Conflict, Refused
from faubourg.calls.models import Application
from faubourg.calls.services import importing
from faubourg.calls.services.import_rows import try_out
from faubourg.calls.services.import_trial import MOST_ROWS
from faubourg.people.models import Organisation
from tests.factories.people import OrganisationFactory, RoleGrantFactory
from tests.factories.territories import TerritoryFactory

from .dossiers import a_call

pytestmark = pytest.mark.django_db
SIRET = "55210055400013"
HEADS = [
    "Numéro", "Porteur", "SIRET", "RNA", "Titre", "Mesure", "Budget", "Demandé à Région",
    "Ville – fonctionnement", "Quartiers", "Début", "Fin", "Déposé le",
]  # fmt: skip


@pytest.fixture
def call():
    return a_call(code="region-2015")


@pytest.fixture
def runner(call):
    return RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person


def row(**said):
    told = {
        "Numéro": "D-1", "Porteur": "Les Voisins", "RNA": "W751234567", "Titre": "Un jardin", "Mesure": "f1",
        "Budget": "10 000", "Demandé à Région": "5 000", "Ville – fonctionnement": 3000,
        "Début": "01/03/2015", "Fin": "31/12/2015", "Déposé le": "20/01/2015",
    } | said  # fmt: skip
    return [told.get(head, "") for head in HEADS]


def tried(call, runner, *rows):
    return try_out(call, [HEADS, *rows], runner.actor)


def codes(trial, severity="error"):
    return [
        (found.row, HEADS[found.column], found.reason.code)
        for found in trial.findings
        if found.severity == severity
    ]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, []),
        ({"RNA": "W75"}, [("RNA", "rna_wrong")]),
        ({"SIRET": "12345678901234"}, [("SIRET", "siret_wrong")]),
        ({"RNA": ""}, [("SIRET", "number_needed")]),
        ({"Porteur": ""}, [("Porteur", "name_needed")]),
        ({"Titre": ""}, [("Titre", "title")]),
        ({"Titre": "=HYPERLINK(1)"}, [("Titre", "formula")]),
        ({"Mesure": "f9"}, [("Mesure", "measure")]),
        ({"Mesure": ""}, [("Mesure", "measure")]),
        ({"Budget": "10.000"}, [("Budget", "doubtful-dot")]),
        ({"Budget": "#REF!"}, [("Budget", "formula-error")]),
        ({"Budget": "7 000"}, [("Budget", "budget_less")]),
        ({"Budget": ""}, [("Budget", "budget_less")]),
        ({"Demandé à Région": "-1"}, [("Demandé à Région", "negative-sum")]),
        ({"Demandé à Région": "", "Ville – fonctionnement": ""}, [("Demandé à Région", "nothing_asked")]),
        ({"Quartiers": "QP999999"}, [("Quartiers", "place")]),
        ({"Début": "mars"}, [("Début", "day")]),
        ({"Début": "01/01/2016"}, [("Fin", "ends_on")]),
        ({"Déposé le": "01/01/2099"}, [("Déposé le", "future")]),
    ],
)
def test_each_cell_is_told(call, runner, said, wrong):
    trial = tried(call, runner, row(**said))
    assert codes(trial) == [(1, *each) for each in wrong]
    assert len(trial.plans) == (0 if wrong else 1)
    assert all(found.reason.sentence for found in trial.findings)


def test_what_the_rules_refuse_has_to_be_seen(call, runner):
    trial = tried(call, runner, row(**{"Demandé à Région": "1 999,99", "Budget": "4 999,99"}))
    assert ("Budget", "floor") in [found[1:] for found in codes(trial, "warning")]
    assert not trial.blocked


def flagging(call):
    """The same call, whose rules flag what comes late instead of refusing it."""
    told = deepcopy(call.rule_set.told)
    told["windows"][1]["sanction"] = "late_flag"
    type(call.rule_set).objects.filter(pk=call.rule_set.pk).update(told=told)
    return type(call).objects.get(pk=call.pk)


def test_the_window_of_the_call_holds_for_a_file_too(call, runner):
    late = row(**{"Déposé le": "24/01/2015"})
    assert codes(tried(call, runner, late)) == [(1, "Déposé le", "window-block")]
    (plan,) = tried(flagging(call), runner, late).plans
    assert plan.late


def test_missing_columns_are_named(call, runner):
    trial = try_out(call, [["Titre", "Porteur"], ["a", "b"]], runner.actor)
    assert [reason.code for reason in trial.lacks] == ["applicant", "asked", "budget"]


def test_too_many_rows_are_one_sentence(call, runner):
    trial = tried(call, runner, *[row(**{"Numéro": f"D-{n}"}) for n in range(MOST_ROWS + 1)])
    assert [reason.code for reason in trial.lacks] == ["too-many"]
    assert not trial.plans


def brought(call, runner, rows, fmt="csv", heads=HEADS):
    data = tables.write(fmt, title="Dossiers", headers=heads, rows=rows)
    upload = SimpleUploadedFile(f"dossiers.{fmt}", data, tables.MEDIA_TYPES[fmt])
    return importing.bring(call=call, upload=upload, by=runner.actor)


def confirm(call, runner, document, *, seen=True, attested=True, digest=None):
    trial = importing.trial_of(call, document, runner.actor)
    return importing.confirm(
        call=call, document=document, digest=trial.digest if digest is None else digest,
        warnings_seen=seen, attested=attested, by=runner.actor,
    )  # fmt: skip


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_file_is_written_once(call, runner, fmt):
    quarter = TerritoryFactory(kind="neighbourhood", code="QP059001")
    known = OrganisationFactory(name="Ateliers", siret=SIRET)
    rows = [
        row(Quartiers="QP059001"),
        row(**{"Numéro": "", "Porteur": "Ateliers", "SIRET": SIRET, "RNA": "", "Titre": "Un four",
               "Déposé le": date(2015, 1, 19)}),
        row(**{"Numéro": "D-3", "Titre": "Un banc"}),
    ]  # fmt: skip
    document = brought(call, runner, rows, fmt)
    assert not Application.objects.exists()
    assert confirm(call, runner, document) == 3
    first = Application.objects.get(number="D-1")
    made = Organisation.objects.get(rna="W751234567")
    assert (first.state, first.organisation, first.late) == ("submitted", made, False)
    assert made.kind == "association"
    assert list(first.territories.all()) == [quarter]
    assert sorted(first.requests.values_list("cents", flat=True)) == [300_000, 500_000]
    sums = {line.account: line.cents for line in first.budget_lines.all()}
    own = {"65x": 1_000_000, "74region": 500_000, "74com": 300_000, "insufprevisionnel": 200_000}
    assert sums == own
    (step,) = first.steps.all()
    assert (step.move, step.note, step.by) == ("submit", f"Importé de « dossiers.{fmt} ».", runner.ref)
    second = Application.objects.get(organisation=known)
    assert second.number == f"2015-{call.pk:03d}-00001"
    with pytest.raises(Refused, match="déjà là"):
        confirm(call, runner, document)
    assert Application.objects.count() == 3


def test_nothing_is_written_before_it_is_attested_and_seen(call, runner):
    call = flagging(call)
    document = brought(call, runner, [row(**{"Déposé le": "24/01/2015"})])
    with pytest.raises(Refused, match="avertissement"):
        confirm(call, runner, document, seen=False)
    with pytest.raises(Refused, match="Attestez"):
        confirm(call, runner, document, attested=False)
    with pytest.raises(Conflict):
        confirm(call, runner, document, digest="x")
    assert not Application.objects.exists()
    assert not Organisation.objects.filter(rna="W751234567").exists()


def test_one_wrong_row_keeps_the_whole_file_out(call, runner):
    document = brought(call, runner, [row(), row(**{"Numéro": "D-2", "Titre": ""})])
    with pytest.raises(Refused, match="erreur"):
        confirm(call, runner, document)
    assert not Application.objects.exists()


def test_a_number_is_never_that_of_another_call_nor_one_of_ours(call, runner):
    document = brought(call, runner, [row()])
    confirm(call, runner, document)
    other = a_call(code="autre")
    officer = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code="autre").person
    assert codes(tried(other, officer, row())) == [(1, "Numéro", "number_taken")]
    ours = row(**{"Numéro": f"2015-{call.pk:03d}-abc"})
    assert codes(tried(call, runner, ours)) == [(1, "Numéro", "number_taken")]
    assert codes(tried(call, runner, row(**{"Numéro": "D-5"}), row(**{"Numéro": "D-5"}))) == [
        (2, "Numéro", "twice")
    ]


def test_one_who_stands_back_imports_nothing_of_it(call, runner):
    known = OrganisationFactory(name="Les Voisins", rna="W751234567")
    call.interests.create(person=runner, organisation=known, reason="Trésorier", declared_on=date(2015, 1, 1))
    assert codes(tried(call, runner, row())) == [(1, "Porteur", "stands_back")]


def test_what_leaves_for_a_funder_comes_back_unchanged(call, runner, client):
    confirm(call, runner, brought(call, runner, [row(), row(**{"Numéro": "D-2", "Titre": "Un four"})]))
    region = call.funders.get(name="Région")
    client.force_login(runner)
    data = client.get(reverse("call_funder_export_csv", args=[call.code, region.pk])).getvalue()
    upload = SimpleUploadedFile("region.csv", data)
    trial = importing.trial_of(call, importing.bring(call=call, upload=upload, by=runner.actor), runner.actor)
    assert (trial.known, trial.plans, trial.lacks, codes(trial)) == (2, [], [], [])
    Application.objects.all().update(number=None, state="draft")
    trial = importing.trial_of(call, importing.bring(call=call, upload=upload, by=runner.actor), runner.actor)
    (first, _second) = trial.plans
    assert first.asked == {(region.pk, "operating", 2015): 500_000}
    told = {line.account: line.cents for line in first.lines}
    assert told == {"65x": 1_000_000, "74region": 500_000, "74com": 300_000, "insufprevisionnel": 200_000}


def bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
        for rank in range(12):
            archive.writestr(f"xl/{rank}.xml", b"0" * 60_000_000)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.csv", b""),
        ("faux.xlsx", b"ceci n'est pas un classeur"),
        ("image.csv", b"\x89PNG\x00\x00\x00"),
        ("rien.csv", b"\n\n\n"),
        ("script.exe", b"MZ"),
        pytest.param("bombe.xlsx", bomb, id="bombe"),
    ],
)
def test_a_hostile_or_broken_file_is_one_sentence(call, runner, client, name, data):
    client.force_login(runner)
    content = data() if callable(data) else data
    answer = client.post(
        reverse("call_import", args=[call.code]), {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 422
    assert "field-errors" in answer.content.decode()


def test_the_pages_of_an_import(call, runner, client):
    client.force_login(runner)
    address = reverse("call_import", args=[call.code])
    assert "Demandé à Région" in client.get(address).content.decode()
    data = tables.write(
        "csv", title="D", headers=HEADS, rows=[row(Titre="<script>x</script>", Budget="10.000")]
    )
    answer = client.post(address, {"file": SimpleUploadedFile("d.csv", data)})
    page = client.get(answer.url).content.decode()
    assert "<code>G2</code>" in page
    assert "<script>x" not in page
    assert client.post(answer.url, {"digest": "x"}).status_code == 422
    data = tables.write("csv", title="D", headers=HEADS, rows=[row()])
    answer = client.post(address, {"file": SimpleUploadedFile("d.csv", data)})
    digest = client.get(answer.url).context["trial"].digest
    told = {"digest": digest, "warnings_seen": "1", "attested": "1"}
    assert client.post(answer.url, told).url == reverse("call_applications", args=[call.code])
    sheet = client.get(Application.objects.get().get_absolute_url())
    assert sheet.status_code == 200
    stranger = RoleGrantFactory(role="funder_officer", scope_kind="commune", scope_code="00000").person
    client.force_login(stranger)
    assert client.get(answer.url).status_code == 403


def test_a_draft_takes_no_file(call, runner, client):
    type(call).objects.filter(pk=call.pk).update(state="draft")
    client.force_login(runner)
    data = tables.write("csv", title="D", headers=HEADS, rows=[row()])
    answer = client.post(
        reverse("call_import", args=[call.code]), {"file": SimpleUploadedFile("d.csv", data)}
    )
    assert answer.status_code == 422
