"""A spreadsheet of money: an error per cell, broken totals noticed, nothing written twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from faubourg.base import tables
from faubourg.base.refusal import Conflict, Refused
from faubourg.contracts.access import hand_in_money
from faubourg.contracts.models import FundingLine
from faubourg.contracts.services import money_import
from faubourg.contracts.services.money_trial import try_out
from tests.factories.contracts import FundingLineFactory
from tests.factories.money import AxisFactory, EventFactory, TypedLineFactory

pytestmark = pytest.mark.django_db
HEADS = ["Axe ou objectif", "Objet", "Financeur", "Nature", "Origine", "Niveau", "2025", "2026", "Total"]


@pytest.fixture
def hand(town, officer):
    return hand_in_money(officer, town.contract)


def sheet(*rows):
    return [HEADS, *rows]


def row(label="Été", funder="Ville", sums=("10 000", ""), **said):
    told = {"axis": "", "nature": "fonctionnement", "origin": "crédits spécifiques", "level": "voté"} | said
    return [told["axis"], label, funder, told["nature"], told["origin"], told["level"], *sums]


def codes(trial):
    return [(found.row, found.column, found.reason.code) for found in trial.findings]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([row()], []),
        ([row(sums=(10000.0, 12.5))], []),
        ([row(sums=("10.000", ""))], [(1, 6, "doubtful-dot")]),
        ([row(sums=("-5", "#REF!"))], [(1, 6, "negative-sum"), (1, 7, "formula-error")]),
        ([row(level="promis")], [(1, 5, "level")]),
        ([row(level="")], [(1, 5, "no_level")]),
        ([row(level="Notifiée", origin="Droit commun", nature="F")], []),
        ([row(origin="?")], [(1, 4, "origin")]),
        ([row(label="")], [(1, 1, "text")]),
        ([row(axis="Axe inconnu")], [(1, 0, "objective")]),
        ([row(), row()], [(2, 6, "twice")]),
        ([row(), row(label="B"), ["", "Total", "", "", "", "", "20 000", "", ""]], []),
        ([row(), row(label="B"), ["", "Total", "", "", "", "", "25 000", "", ""]], [(3, 6, "broken-total")]),
        ([[*row(), "9 000"]], [(1, 8, "broken-total")]),
    ],
)
def test_each_cell_is_told(town, hand, rows, wrong):
    trial = try_out(town.contract, sheet(*rows), hand)
    assert codes(trial) == wrong
    assert all(found.reason.sentence for found in trial.findings)


@pytest.mark.parametrize(
    ("heads", "lacks"),
    [
        (["Objet", "Financeur"], ["year"]),
        (["Objet", "2025"], ["funder"]),
        (["a", "b"], ["label", "funder", "year"]),
        (["Objet", "Financeur", "Année", "Montant"], []),
        (["Purpose", "Funder", "Montant 2025"], []),
    ],
)
def test_missing_columns_are_named(town, hand, heads, lacks):
    assert [reason.code for reason in try_out(town.contract, [heads, ["x", "y"]], hand).lacks] == lacks


def test_a_long_table_is_read_too(town, hand):
    heads = ["Objet", "Financeur", "Niveau", "Origine", "Année", "Montant"]
    rows = [
        ["Été", "Ville", "voté", "droit commun", 2025.0, 10000],
        ["Été", "Ville", "voté", "droit commun", "x", 1],
    ]
    trial = try_out(town.contract, [heads, *rows], hand)
    assert [(plan.year, plan.cents) for plan in trial.plans] == [(2025, 1_000_000)]
    assert codes(trial) == [(2, 4, "year")]


def brought(fmt, rows, officer, name=""):
    data = tables.write(fmt, title="Maquette", headers=HEADS, rows=rows)
    upload = SimpleUploadedFile(name or f"maquette.{fmt}", data, tables.MEDIA_TYPES[fmt])
    return money_import.bring(upload=upload, by=officer.actor)


def confirm(town, document, hand, officer, *, seen=False, digest=None):
    trial = money_import.trial_of(town.contract, document, hand)
    return money_import.confirm(
        contract=town.contract, document=document, digest=trial.digest if digest is None else digest,
        warnings_seen=seen, hand=hand, by=officer.actor,
    )  # fmt: skip


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_a_file_is_written_once(town, officer, hand, fmt):
    document = brought(fmt, [row(sums=(10000, 0.5)), row(label="B", sums=(None, 3))], officer)
    assert confirm(town, document, hand, officer) == 3
    assert sorted(FundingLine.objects.values_list("amount_cents", flat=True)) == [50, 300, 1_000_000]
    with pytest.raises(Refused, match="déjà là"):
        confirm(town, document, hand, officer)


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_what_leaves_comes_back_unchanged(town, officer, hand, client, fmt):
    axis = AxisFactory(contract=town.contract)
    TypedLineFactory(contract=town.contract, territory=town.epci, objective=axis, amount_cents=123_456)
    TypedLineFactory(contract=town.contract, territory=town.quarters[0], year=2026)
    FundingLineFactory(territory=town.quarters[1])
    answer = client.get(f"/contrats/{town.contract.code}/maquette/?format={fmt}")
    upload = SimpleUploadedFile(f"m.{fmt}", answer.content)
    trial = money_import.trial_of(town.contract, money_import.bring(upload=upload, by=officer.actor), hand)
    assert (trial.known, trial.plans, codes(trial)) == (3, [], [])


def test_a_replaced_sum_has_to_be_seen_and_nothing_moves_under_it(town, officer, hand):
    line = TypedLineFactory(
        contract=town.contract, territory=town.epci, label="Été", funder="Ville", year=2025, amount_cents=500
    )
    document = brought("csv", [row()], officer)
    with pytest.raises(Refused, match="avertissement"):
        confirm(town, document, hand, officer)
    old = money_import.trial_of(town.contract, document, hand).digest
    FundingLine.objects.filter(pk=line.pk).update(amount_cents=700, version=2)
    with pytest.raises(Conflict):
        confirm(town, document, hand, officer, seen=True, digest=old)
    assert confirm(town, document, hand, officer, seen=True) == 1
    line.refresh_from_db()
    assert (line.amount_cents, line.version) == (1_000_000, 3)


def test_a_file_never_goes_under_what_was_cut(town, officer, hand):
    line = TypedLineFactory(
        contract=town.contract, territory=town.epci, label="Été", funder="Ville", year=2025
    )
    EventFactory(line=line, amount_cents=80_000)
    trial = try_out(town.contract, sheet(row(sums=("100", ""))), hand)
    assert codes(trial) == [(1, 6, "has_events")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.csv", b""),
        ("faux.xlsx", b"ceci n'est pas un classeur"),
        ("image.csv", b"\x89PNG\x00\x00\x00"),
        ("rien.csv", b"\n\n\n"),
        ("script.exe", b"MZ"),
    ],
)
def test_a_hostile_or_broken_file_is_one_sentence(town, officer, client, name, data):
    client.force_login(officer)
    answer = client.post(
        f"/contrats/{town.contract.code}/maquette/importer/", {"file": SimpleUploadedFile(name, data)}
    )
    assert answer.status_code == 422
    assert "field-errors" in answer.content.decode()


def test_formulas_and_markup_stay_words(town, officer, hand, client):
    document = brought("csv", [row(label="<script>alert(1)</script>", funder="'=1+1")], officer)
    assert confirm(town, document, hand, officer) == 1
    page = client.get(f"/contrats/{town.contract.code}/maquette/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_pages_of_an_import(town, officer, stranger, client):
    client.force_login(officer)
    data = tables.write("csv", title="M", headers=HEADS, rows=[row(), row(label="B", sums=("10.000", ""))])
    address = f"/contrats/{town.contract.code}/maquette/importer/"
    answer = client.post(address, {"file": SimpleUploadedFile("m.csv", data)})
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "se lit de deux façons" in page
    assert "<code>G3</code>" in page
    assert client.post(answer.url, {"digest": "x"}).status_code == 422
    client.force_login(stranger)
    assert client.get(answer.url).status_code == 403
