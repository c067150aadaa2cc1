"""A grant in the columns of SCDL 2.1.1, and in 360Giving."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.rules.open_data import COLUMNS, Grant, Instalment, giving, problems, row

GRANT = Grant(
    ref="2015-00012-1", funder="Région", funder_siret="23590001800018", beneficiary="Les Voisins",
    beneficiary_siret="", beneficiary_rna="W595000001", purpose="Un jardin partagé.", cents=250_050,
    signed_on=date(2015, 6, 1), decision="2015-123", programme="Fiche 1", share_bp=6_667,
    instalments=(Instalment(175_035, date(2015, 7, 2)), Instalment(75_015, None)),
    requested_cents=300_000, starts_on=date(2015, 3, 1), ends_on=date(2015, 12, 31),
    places=(("QP059001", "Centre"),),
)  # fmt: skip


def test_the_sixteen_columns_of_a_grant():
    cells = row(GRANT)
    assert list(cells) == [column.name for column in COLUMNS]
    assert problems(cells) == ()
    assert (cells["montant"], cells["pourcentageSubvention"]) == ("2500.50", "0.6667")
    assert (cells["conditionsVersement"], cells["datesPeriodeVersement"]) == ("échelonné", "2015-07-02")
    assert (cells["idBeneficiaire"], cells["rnaBeneficiaire"]) == ("", "W595000001")


@pytest.mark.parametrize(
    ("change", "columns"),
    [
        ({"funder_siret": ""}, ["idAttribuant"]),
        ({"funder_siret": "123"}, ["idAttribuant"]),
        ({"beneficiary_rna": "595000001"}, ["rnaBeneficiaire"]),
        ({"signed_on": None, "instalments": ()}, ["dateConvention", "datesPeriodeVersement"]),
        ({"share_bp": None}, ["pourcentageSubvention"]),
        ({"share_bp": 10_001}, ["pourcentageSubvention"]),
        ({"share_bp": 12_500}, ["pourcentageSubvention"]),
        ({"share_bp": 99}, ["pourcentageSubvention"]),
        ({"purpose": " "}, ["objet"]),
    ],
)
def test_what_the_schema_would_refuse_is_told(change, columns):
    assert [reason.params["column"] for reason in problems(row(replace(GRANT, **change)))] == columns


@given(
    purpose=st.text(min_size=1, max_size=600).filter(str.strip),
    cents=st.integers(0, 10**12),
    share_bp=st.integers(100, 10_000),
    days=st.lists(st.dates(), max_size=4),
)
def test_a_whole_grant_is_always_valid(purpose, cents, share_bp, days):
    told = replace(
        GRANT, purpose=purpose, cents=cents, share_bp=share_bp,
        instalments=tuple(Instalment(1, day) for day in days),
    )  # fmt: skip
    cells = row(told)
    assert problems(cells) == ()
    assert round(float(cells["pourcentageSubvention"]) * 10_000) == share_bp
    assert round(float(cells["montant"]) * 100) == cents or cents > 10**14
    assert "\n" not in cells["objet"]


@given(share_bp=st.integers(0, 1_000_000))
def test_a_share_is_told_as_it_is_or_the_row_is_held_back(share_bp):
    """No grant above its cost reads as one that pays all of it."""
    cells = row(replace(GRANT, share_bp=share_bp))
    assert round(float(cells["pourcentageSubvention"]) * 10_000) == share_bp
    assert bool(problems(cells)) is not (100 <= share_bp <= 10_000)


def test_a_grant_above_its_cost_says_so():
    (reason,) = problems(row(replace(GRANT, share_bp=12_500)))
    assert (reason.code, reason.params["cell"]) == ("scdl_range", "1.2500")
    assert (reason.threshold, reason.operand) == (1, Decimal("1.25"))


def test_the_same_grant_in_360giving():
    told = giving(GRANT, url="https://exemple.fr/ruche/12/")
    for name in ("id", "title", "description", "currency", "amountAwarded", "awardDate"):
        assert told[name]
    assert re.fullmatch(r"360G-[a-z]+-.+", told["id"])
    assert told["recipientOrganization"] == [{"id": "FR-RNA-W595000001", "name": "Les Voisins"}]
    assert told["amountDisbursed"] == 1750.35
    assert [each["value"] for each in told["disbursementTransaction"]] == [1750.35]
    assert told["beneficiaryLocation"][0]["geoCode"] == "QP059001"
    assert "beneficiaryLocation" not in giving(replace(GRANT, places=()))
