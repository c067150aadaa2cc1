"""SIRET and RNA: what is read, and the sentence that says which key fails."""

import pytest
from django.core.exceptions import ValidationError

from faubourg.people.identifiers import read_rna, read_siret


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("73282932000074", "73282932000074"),
        (" 732 829 320 00074 ", "73282932000074"),
        ("732\u202f829\u202f320\u00a000074", "73282932000074"),
        ("732.829.320-00074", "73282932000074"),
        # La Poste: no Luhn key over the whole, but a sum that five divides; its head office follows the rule.
        ("35600000049837", "35600000049837"),
        ("35600000000048", "35600000000048"),
    ],
)
def test_a_siret_is_read_as_people_type_it(typed, kept):
    assert read_siret(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "siret_signs"),
        ("7328293200007", "siret_length"),
        ("732829320000741", "siret_length"),
        ("7328293200007A", "siret_signs"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "siret_signs"),
        ("７３２８２９３２００００７４", "siret_signs"),
        ("73282932100074", "siret_siren_key"),
        ("73282932000079", "siret_key"),
        ("35600000049838", "siret_key"),
        ("7" * 10_000, "siret_length"),
        ("<script>", "siret_signs"),
    ],
)
def test_a_wrong_siret_says_which_key_fails(typed, code):
    with pytest.raises(ValidationError) as refused:
        read_siret(typed)
    assert refused.value.code == code
    # The places of the sentence are filled.
    assert refused.value.messages[0]
    assert "%" not in refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("W751234567", "W751234567"),
        ("w751234567", "W751234567"),
        ("W 75 1234567", "W751234567"),
        ("W2A1234567", "W2A1234567"),
        ("W9G1234567", "W9G1234567"),
    ],
)
def test_an_rna_is_read_in_either_case(typed, kept):
    assert read_rna(typed) == kept


@pytest.mark.parametrize(
    "typed", ["751234567", "W75123456", "W7512345678", "WA51234567", "W7512٣4567", "W" * 50]
)
def test_a_wrong_rna_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="W751234567"):
        read_rna(typed)
