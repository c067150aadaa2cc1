"""A spreadsheet of figures: tried first, an error a cell, written once, undone without erasing."""

import io
import threading
from decimal import Decimal
from functools import partial

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faubourg.base import tables
from faubourg.base.refusal import Refused
from faubourg.people.models import RoleGrant
from faubourg.territories import access
from faubourg.territories.models import Correction, Figure, FigureImport, Indicator
from faubourg.territories.services import edit_figures, import_figures
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.territories import FigureFactory, IndicatorFactory, SourceFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
HEAD = "Code du territoire;Indicateur;Valeur;Millésime\n"


@pytest.fixture
def town():
    IndicatorFactory()
    IndicatorFactory(
        code="taux-pauvrete",
        name_fr="Taux de pauvreté",
        name_en="Poverty rate",
        unit="percent",
        additive=False,
    )
    for code, name in (("63113", "Clermont-Ferrand"), ("63014", "Aubière"), ("01001", "L’Abergement")):
        TerritoryFactory(code=code, name=name)
    SourceFactory()


def officer(kind="instance", code=""):
    return RoleGrantFactory(role=RoleGrant.Role.CONTRACT_OFFICER, scope_kind=kind, scope_code=code).person


def bring(content, person=None, name="chiffres.csv", **said):
    person = person or officer()
    data = content if isinstance(content, bytes) else content.encode()
    return import_figures.bring(
        upload=SimpleUploadedFile(name, data),
        editable=partial(access.editable, person),
        by=person.actor,
        **{"source": SourceFactory(), "vintage": "", **said},
    )


def confirm(brought, person=None, *, seen=False):
    person = person or officer()
    return import_figures.confirm(
        brought=brought, editable=partial(access.editable, person), warnings_seen=seen, by=person.actor
    )


def found(brought):
    return [(line["cell"], line["code"]) for line in brought.report["findings"]]


def everything(places):
    return {place.pk for place in places}


LONG = HEAD + "63113;Population municipale;147 751;RP 2021\n63014;population-municipale;10239;RP 2021\n"


@pytest.mark.parametrize(
    "data",
    [
        LONG.encode(),
        LONG.encode("utf-8-sig"),
        LONG.encode("cp1252"),
        LONG.encode("utf-16"),
        LONG.replace(";", "\t").encode(),
        LONG.replace(";", ",").encode("cp1252"),
    ],
)
def test_any_csv_is_read_and_nothing_is_written_before_confirming(town, data):
    brought = bring(data)
    assert brought.report["findings"] == []
    assert (brought.row_count, brought.report["figures"]) == (2, 2)
    assert not Figure.objects.exists()
    confirm(brought)
    assert set(Figure.objects.values_list("territory__code", "value", "vintage_year")) == {
        ("63113", Decimal(147751), 2021),
        ("63014", Decimal(10239), 2021),
    }


@pytest.mark.parametrize("fmt", ["xlsx", "ods", "csv"])
def test_a_wide_sheet_has_a_column_an_indicator(town, fmt):
    headers = ["Code", "Nom", "Population municipale 2021", "Taux de pauvreté 2020"]
    rows = [["63113", "Clermont", 147751, 22.5], ["63014", "Aubière", "s", "n.d."]]
    data = tables.write(fmt, title="x", headers=headers, rows=rows)
    brought = bring(data, name=f"x.{fmt}")
    assert found(brought) == []
    confirm(brought)
    rows = Figure.objects.order_by("id").values_list("indicator", "vintage", "value", "secrecy")
    assert list(rows) == [
        ("population-municipale", "2021", Decimal(147751), "open"),
        ("taux-pauvrete", "2020", Decimal("22.5"), "open"),
        ("population-municipale", "2021", None, "secret"),
        ("taux-pauvrete", "2020", None, "missing"),
    ]


@pytest.mark.parametrize(
    ("line", "cell", "code"),
    [
        ("63113;population-municipale;abc;2021", "C2", "not-a-number"),
        ("63113;population-municipale;1.234;2021", "C2", "doubtful-dot"),
        ("63113;population-municipale;;2021", "C2", "no-value"),
        ("63113;population-municipale;#REF!;2021", "C2", "formula-error"),
        ("63113;population-municipale;12;31/02/2021", "D2", "impossible-date"),
        ("63113;population-municipale;12;2921", "D2", "impossible-year"),
        ("63113;population-municipale;12;", "D2", "no-vintage"),
        ("63114;population-municipale;12;2021", "A2", "unknown-code-near"),
        ("ZZZZZZZZ;population-municipale;12;2021", "A2", "unknown-code"),
        (";population-municipale;12;2021", "A2", "no-code"),
        ("63113;population munisipale;12;2021", "B2", "unknown-indicator-near"),
        ("63113;xyz;12;2021", "B2", "unknown-indicator"),
        ("63113;taux-pauvrete;abc %;2021", "C2", "not-a-number"),
    ],
)
def test_each_wrong_cell_is_named(town, line, cell, code):
    brought = bring(HEAD + line + "\n63014;population-municipale;10;2021\n")
    assert found(brought) == [(cell, code)]
    assert brought.error_count == 1
    with pytest.raises(Refused, match="1 erreur"):
        confirm(brought)
    assert not Figure.objects.exists()


def test_the_zero_that_a_spreadsheet_ate_is_given_back(town):
    brought = bring(HEAD + "1001;population-municipale;800;2021\n")
    assert found(brought) == [("A2", "zero-restored")]
    confirm(brought)
    assert Figure.objects.get().territory.code == "01001"


def test_a_commune_comes_before_the_urban_unit_of_the_same_code(town):
    TerritoryFactory(kind="urban_unit", code="63113", name="Unité de Clermont")
    confirm(bring(HEAD + "63113;population-municipale;12;2021\n"))
    assert Figure.objects.get().territory.kind == "commune"
    TerritoryFactory(kind="departement", code="84", name="Vaucluse")
    TerritoryFactory(kind="region", code="84", name="Auvergne-Rhône-Alpes")
    assert found(bring(HEAD + "84;population-municipale;12;2021\n")) == [("A2", "doubtful-code")]


def test_a_place_out_of_scope_is_refused_by_right(town):
    person = officer("commune", "63113")
    brought = bring(LONG, person)
    assert found(brought) == [("A3", "out-of-scope")]


def test_the_right_is_asked_again_when_confirming(town):
    person = officer("commune", "63113")
    brought = bring(HEAD + "63113;population-municipale;12;2021\n", person)
    person.role_grants.update(until="2024-02-01")
    person = type(person).objects.get(pk=person.pk)
    with pytest.raises(Refused, match="1 erreur"):
        confirm(brought, person)


def test_twice_in_the_file_and_already_there(town):
    FigureFactory(territory__code="75056", vintage="2021")
    same = HEAD + "63113;population-municipale;12;2021\n"
    brought = bring(same + "63113;population-municipale;12;2021\n")
    assert found(brought) == [("C3", "twice-in-file")]
    assert "C2" in brought.report["findings"][0]["params"]["cell"]
    confirm(bring(same))
    again = bring(same)
    assert (again.report["known"], again.report["figures"], again.error_count) == (1, 0, 0)
    with pytest.raises(Refused, match="déjà là"):
        confirm(again)
    other = bring(HEAD + "63113;population-municipale;13;2021\n")
    assert found(other) == [("C2", "known-otherwise")]


def test_a_broken_total_is_reported_and_no_total_is_imported(town):
    rows = LONG + "Total;population-municipale;160000;RP 2021\n"
    brought = bring(rows)
    assert found(brought) == [("C4", "broken-total")]
    assert brought.report["findings"][0]["params"]["gap"] == "2010"
    with pytest.raises(Refused, match="avertissement"):
        confirm(brought)
    confirm(brought, seen=True)
    assert Figure.objects.count() == 2


def test_a_right_total_is_only_left_aside(town):
    brought = bring(LONG + "Total;population-municipale;157990;RP 2021\n")
    assert found(brought) == [("A4", "total-left")]
    assert brought.report["warnings"] == 0


def test_rates_that_look_like_fractions_are_asked_about(town):
    headers = ["Code", "Taux de pauvreté 2021"]
    rows = [["63113", 0.22], ["63014", 0.11], ["01001", 0.08]]
    data = tables.write("xlsx", title="x", headers=headers, rows=rows)
    assert found(bring(data, name="x.xlsx")) == [("B2", "fractions")]


def test_the_error_of_a_formula_is_seen_in_a_workbook(town):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Code", "Population municipale 2021"])
        sheet.write(1, 0, "63113")
        sheet.write_formula(1, 1, "=A9/0", None, "#DIV/0!")
    assert found(bring(stream.getvalue(), name="x.xlsx")) == [("B2", "formula-error")]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", b"", "vide"),
        ("a.csv", b"\n\n", "vide"),
        ("a.xlsx", b"PK\x03\x04broken", "abîm"),
        ("a.xlsx", b"not a workbook", "abîm"),
        ("a.csv", b"a\0b\0c", "tableau lisible"),
        ("a.csv", b"a;b\n" * 50_001, "50\u202f001"),
    ],
)
def test_an_unreadable_file_gets_one_sentence(town, name, data, sentence):
    with pytest.raises(Refused, match=sentence):
        bring(data, name=name)
    assert not FigureImport.objects.exists()


def test_a_50_megabyte_file_gets_one_sentence_and_keeps_nothing(town, client):
    client.force_login(officer())
    upload = SimpleUploadedFile("gros.csv", b"x" * (50 * 1024 * 1024))
    page = client.post(reverse("figures_import"), {"file": upload})
    assert "pèse 50" in page.content.decode()
    assert not FigureImport.objects.exists()


def test_columns_that_nobody_recognises_are_asked_for(town, client):
    person = officer()
    client.force_login(person)
    brought = bring("Truc;Machin\n63113;12\n", person)
    assert [lack["code"] for lack in brought.report["lacks"]] == ["no-code-column", "no-value-column"]
    url = reverse("figure_import", args=[brought.pk])
    assert "Aucune colonne ne porte le code" in client.get(url).content.decode()
    said = {
        "sheet": 0,
        "heading": 1,
        "vintage": "2021",
        "column_0": "code",
        "column_1": "=population-municipale",
    }
    assert client.post(url, said).status_code == 302
    brought.refresh_from_db()
    assert (brought.report["lacks"], brought.report["figures"]) == ([], 1)


def test_confirming_twice_writes_once(town):
    brought = bring(LONG)
    confirm(brought)
    confirm(brought)
    assert Figure.objects.count() == 2


def test_undoing_withdraws_and_erases_nothing(town):
    person = officer()
    brought = confirm(bring(LONG))
    import_figures.undo(brought=brought, editable=everything, by=person.actor)
    import_figures.undo(brought=brought, editable=everything, by=person.actor)
    assert Figure.objects.filter(withdrawn_at__isnull=False).count() == 2
    again = confirm(bring(LONG))
    assert again.report["figures"] == 2


def test_undo_looks_at_the_places_again(town):
    """A role that ended between confirming and undoing: the places are judged anew."""
    brought = confirm(bring(LONG))
    with pytest.raises(Refused, match="n’est plus dans le périmètre de vos rôles"):
        import_figures.undo(brought=brought, editable=lambda places: set(), by=officer().actor)
    assert not Figure.objects.filter(withdrawn_at__isnull=False).exists()


@pytest.mark.parametrize("where", ["file", "row"])
def test_a_sheet_adds_nothing_under_a_source_of_the_loader(town, where):
    official = SourceFactory(slug="officielle", title="Populations légales", loaded=True)
    cited = (
        "Code;Indicateur;Valeur;Millésime;Source\n63113;Population municipale;1;RP 2021;Populations légales\n"
    )
    sheet = LONG if where == "file" else cited
    brought = bring(sheet, **({"source": official} if where == "file" else {}))
    assert brought.report["figures"] == 0
    assert "source-loaded" in {finding["code"] for finding in brought.report["findings"]}
    with pytest.raises(Refused, match="erreur"):
        confirm(brought)
    assert not Figure.objects.exists()


def test_an_imported_figure_is_dated(town):
    confirm(bring(LONG))
    assert all(figure.added_at and not figure.loaded for figure in Figure.objects.all())


def test_undo_is_refused_once_a_figure_was_corrected(town):
    person = officer()
    brought = confirm(bring(LONG))
    edit_figures.withdraw_figure(figure=Figure.objects.first(), reason="faux", by=person.actor)
    with pytest.raises(Refused, match="retirés ou remplacés"):
        import_figures.undo(brought=brought, editable=everything, by=person.actor)
    assert Figure.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_undo_is_refused_once_a_correction_was_decided(town):
    brought = confirm(bring(LONG))
    figure = Figure.objects.select_related("indicator").first()
    Correction.objects.create(
        territory=figure.territory,
        subject=figure.indicator.name_fr,
        printed="1",
        corrected="2",
        printed_in=figure.source,
        evidence="x",
        decided_by="y",
        decided_on=timezone.localdate(),
    )
    with pytest.raises(Refused, match="correction"):
        import_figures.undo(brought=brought, editable=everything, by=officer().actor)


def test_an_import_belongs_to_who_brought_it(town, client):
    brought = bring(LONG)
    url = reverse("figure_import", args=[brought.pk])
    client.force_login(PersonFactory())
    assert client.get(url).status_code == 403
    client.force_login(officer("commune", "63014"))
    refused = client.post(reverse("figure_import_confirm", args=[brought.pk]))
    assert refused.status_code == 403
    assert "quelqu’un d’autre" in refused.content.decode()
    assert not Figure.objects.exists()


def test_the_pages_tell_the_whole_story(town, client):
    person = officer()
    client.force_login(person)
    upload = SimpleUploadedFile("chiffres.csv", LONG.encode())
    answer = client.post(reverse("figures_import"), {"file": upload, "source": SourceFactory().pk})
    brought = FigureImport.objects.get()
    assert answer["Location"] == reverse("figure_import", args=[brought.pk])
    assert "Écrire 2 chiffres" in client.get(answer["Location"]).content.decode()
    assert client.get(reverse("figure_import_confirm", args=[brought.pk])).status_code == 405
    client.post(reverse("figure_import_confirm", args=[brought.pk]))
    assert "Annuler cet import" in client.get(answer["Location"]).content.decode()
    client.post(reverse("figure_import_undo", args=[brought.pk]))
    assert "Import annulé" in client.get(answer["Location"]).content.decode()
    assert "annulé" in client.get(reverse("figures_import")).content.decode()


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "ods"])
def test_the_model_can_be_brought_back(town, client, fmt):
    person = officer()
    client.force_login(person)
    content = client.get(reverse("figures_import_model", args=[fmt])).content
    brought = bring(content, person, name=f"modele.{fmt}")
    assert brought.report["lacks"] == []
    assert set(brought.report["layout"]["columns"].values()) >= {"code", "indicator", "value", "vintage"}


@pytest.mark.django_db(transaction=True)
def test_two_people_who_confirm_at_once_write_once(town):
    brought, person = bring(LONG), officer()
    failed: list[Exception] = []

    def click():
        try:
            confirm(brought, person)
        except Exception as wrong:
            failed.append(wrong)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Figure.objects.count() == 2


def test_five_thousand_rows_cost_no_more_questions_than_five(town):
    """Bulk from end to end: what a row costs is memory, not a question to the database."""
    from faubourg.territories.models import Territory

    Territory.objects.bulk_create(
        Territory(kind="commune", code=f"Z{n:05d}", name=f"Z{n}", sort_key=str(n)) for n in range(5000)
    )

    def questions(rows, year):
        with CaptureQueriesContext(connection) as asked:
            confirm(
                bring(HEAD + "".join(f"Z{n:05d};population-municipale;{n};{year}\n" for n in range(rows)))
            )
        return len(asked)

    few, many = questions(5, 2020), questions(5000, 2021)
    assert Figure.objects.count() == 5005
    # Inserts and look-ups go by batches of some hundreds.
    assert many < few + 100
    assert Indicator.objects.count() == 2
