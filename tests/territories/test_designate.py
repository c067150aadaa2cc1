"""`faubourg designate check` and `audit`: the figures given, those published, and both together."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from faubourg.territories.models import Figure, Territory
from tests.factories.territories import FigureFactory, IndicatorFactory, PerimeterFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
GIVEN = (
    "--population",
    "3000",
    "--urban-unit",
    "63701",
    "--median",
    "10900",
    "--nat",
    "20000",
    "--uu",
    "21000",
)
OVERSEAS = ("--geography", "overseas", "--on", "2015-01-01", "--population", "1000", "--median", "9899")
PLACED = ("--commune-population", "15000", "--metropolitan", "20000", "--departement", "15000")


@pytest.fixture(autouse=True)
def centre():
    unit = TerritoryFactory(kind=Territory.Kind.URBAN_UNIT, code="63701", name="Clermont-Ferrand")
    FigureFactory(territory=unit, indicator=IndicatorFactory(code="population-totale"), value=279_540)
    town = TerritoryFactory(code="63113", urban_unit=unit, zone="metro")
    place = TerritoryFactory(neighbourhood=True, code="QN06307N", name="Centre", zone="metro")
    place.communes.add(town)
    PerimeterFactory(territory=place, kind="qpv_2024", code="QN06307N")
    FigureFactory(territory=place, indicator=IndicatorFactory(code="population-imprimee"), value=3000)
    return place


def check(*options):
    out = StringIO()
    call_command("designate", "check", *options, "--json", stdout=out)
    told = json.loads(out.getvalue())
    return told["ok"], {one["code"]: one for one in told["criteria"]}


@pytest.mark.parametrize(
    ("options", "ok"),
    [
        (GIVEN, True),
        ((*GIVEN, "--population", "999"), False),
        ((*GIVEN, "--population", "1 000"), True),
        ((*GIVEN, "--urban-unit-population", "9900"), False),
        ((*GIVEN, "--urban-unit-population", "9900", "--listed-since", "2015-01-01"), True),
        ((*GIVEN, "--urban-unit-population", "0"), False),
        ((*GIVEN, "--median", "12200"), False),
        ((*GIVEN, "--scattered"), False),
        (GIVEN[:4], None),
        ((*OVERSEAS, *PLACED, "--density", "2000"), True),
        ((*OVERSEAS, *PLACED, "--density", "1999"), False),
        ((*OVERSEAS, *PLACED), None),
        (("--geography", "overseas-index", "--population", "1000", "--index", "oui"), True),
        (("--geography", "overseas-index", "--population", "1000", "--index", "non"), False),
        ((*OVERSEAS, *PLACED, "--density", "2000", "--on", "2025-01-01"), None),
    ],
)
def test_figures_are_judged(options, ok):
    assert check(*options)[0] is ok


def test_every_criterion_says_its_threshold_its_operand_and_its_text():
    _, criteria = check(*GIVEN)
    assert set(criteria["income"]) == {
        "code", "met", "decides", "threshold", "operand", "source", "sentence",
    }  # fmt: skip
    assert (criteria["income"]["threshold"], criteria["income"]["operand"]) == (12_200, 10_900)
    assert criteria["urban-unit"]["operand"] == 279_540
    assert not criteria["printed-more-than-10000"]["decides"]


def test_a_neighbourhood_is_judged_on_what_is_published():
    ok, criteria = check("--code", "qn06307n")
    assert ok is None
    assert (criteria["population"]["operand"], criteria["income"]["met"]) == (3000, None)


def test_a_figure_takes_the_place_of_what_is_published():
    ok, criteria = check("--code", "QN06307N", "--population", "999", *GIVEN[4:])
    assert ok is False
    assert (criteria["population"]["operand"], criteria["income"]["met"]) == (999, True)
    assert criteria["urban-unit"]["operand"] == 279_540


def test_a_withdrawn_figure_is_no_figure():
    Figure.objects.update(withdrawn_at=timezone.now())
    with pytest.raises(CommandError, match="pas chargée ou pas publiée"):
        check(*GIVEN)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--code", "NOPE"), "Aucun quartier ne porte le code NOPE"),
        (("--urban-unit", "99999"), "unité urbaine 99999 n’est pas chargée"),
        (("--population", "abc"), "« abc » n’est pas un nombre entier"),
        (("--population=-5",), "« -5 » n’est pas un nombre entier"),
        (("--median", "1e9"), "« 1e9 » n’est pas un nombre entier"),
        (("--on", "hier"), "« hier » n’est pas une date"),
        (("--index", "peut-être"), "répondez oui ou non"),
    ],
)
def test_a_wrong_option_gets_one_clear_sentence(options, says):
    with pytest.raises(CommandError) as refused:
        check(*options)
    assert says in str(refused.value)


def test_the_audit_needs_its_urban_units():
    out = StringIO()
    call_command("designate", "audit", "--json", stdout=out)
    assert json.loads(out.getvalue())["eligible_units"] == 1
    Figure.objects.all().delete()
    with pytest.raises(CommandError, match="faubourg load"):
        call_command("designate", "audit")


def test_the_audit_names_the_communes():
    known = TerritoryFactory(name="Hirson", code="02381")
    for code, communes in (("QN00201A", [known]), ("QN00202N", [])):
        place = TerritoryFactory(neighbourhood=True, name="Centre", code=code, zone="metro")
        place.communes.set(communes)
        PerimeterFactory(territory=place, code=code)
    out = StringIO()
    call_command("designate", "audit", stdout=out)
    assert "QN00201A Centre – Hirson (02381)" in out.getvalue()
    assert "QN00202N Centre – commune inconnue" in out.getvalue()
