"""`faubourg allocate`: a file in, a proposal out, and one clear sentence when the file is wrong."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

CALL = {
    "dossiers": [
        {
            "ref": "cher",
            "quality": 90,
            "budget": 10000,
            "requests": [{"funder": "Région", "nature": "fonctionnement", "amount": 10000}],
        },
        {
            "ref": "un",
            "quality": 80,
            "budget": 5000.5,
            "requests": [{"funder": "Région", "nature": "fonctionnement", "amount": "5000.50"}],
        },
        {
            "ref": "deux",
            "quality": 70,
            "budget": 4999.5,
            "requests": [{"funder": "Région", "nature": "fonctionnement", "amount": 4999.50}],
        },
    ],
    "envelopes": [{"funder": "Région", "amount": 10000}],
}


def allocate(tmp_path, told, *options):
    path = tmp_path / "appel.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told))
    out = StringIO()
    call_command("allocate", str(path), *options, stdout=out)
    return out.getvalue()


def test_the_answer_for_software_is_exact_to_the_cent(tmp_path):
    told = json.loads(allocate(tmp_path, CALL, "--json"))
    by_ref = {line["ref"]: line for line in told["dossiers"]}
    assert by_ref["un"]["amounts"] == [{"funder": "Région", "nature": "fonctionnement", "amount": "5000.50"}]
    assert by_ref["cher"]["reasons"][0]["code"] == "envelope_short"
    assert told["envelopes"][0]["left"] == "0.00"
    assert (told["value"], told["gap"], told["ranking"]["value"]) == (150, 0, 90)


def test_the_answer_for_people_compares_with_ranking(tmp_path):
    said = allocate(tmp_path, CALL)
    assert "2 dossiers sur 3" in said
    assert "Un simple classement en retiendrait 1" in said
    assert "Il aurait fallu" in said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("not json", "Expecting value"),
        ({"dossiers": []}, "envelopes : Field required"),
        (CALL | {"terms": {"local_share": 1.2}}, "terms.local_share"),
        (CALL | {"envelopes": [{"funder": "Région", "amount": 0.001}]}, "s’arrête au centime"),
        (CALL | {"envelopes": [{"funder": "Région", "amount": -1}]}, "envelopes.0.amount"),
        (CALL | {"envelopes": [{"funder": "Région", "amount": 1, "fond": 2}]}, "envelopes.0.fond"),
        (CALL | {"dossiers": CALL["dossiers"][:1] * 2}, "same reference"),
        ('{"dossiers": [], "envelopes": [{"funder": "R", "amount": NaN}]}', "envelopes.0.amount"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_file_that_is_no_call_says_where(tmp_path, change, told):
    with pytest.raises(CommandError) as refused:
        allocate(tmp_path, change)
    assert told in str(refused.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("allocate", str(tmp_path / "rien.json"))
