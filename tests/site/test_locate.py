"""The page that locates a table of points, without JavaScript: sent, chosen, done, taken, erased."""

import io
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from faubourg.base import backup, tables
from faubourg.base.models import Job
from faubourg.territories.locating import passing
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory
from tests.factories.territories import TerritoryFactory
from tests.territories.test_locate import TOWN, outlined

pytestmark = pytest.mark.django_db(transaction=True)
POINTS = "nom;longitude;latitude\n=1+1;3,07;45,73\nB;;\n"


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def send(client, content=POINTS, name="points.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    answer = client.post(reverse("locate"), {"file": SimpleUploadedFile(name, data)})
    return answer


def sent(client, **file):
    answer = send(client, **file)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def work(client, page, **changes):
    asked = {"lon": 1, "lat": 2, "identifier": "", "versions": ["qpv_2015"], "fmt": "csv"} | changes
    answer = client.post(page, asked)
    assert answer.status_code == 302, answer.context["form"].errors
    call_command("work", "--once")
    return Job.objects.get()


def taken(client, page):
    answer = client.get(f"{page}resultat/")
    return answer, b"".join(answer.streaming_content)


def test_from_the_file_to_its_result(client, person):
    commune = TerritoryFactory(code="63113", name="Clermont")
    outlined(commune, TOWN, kind="administrative", code="63113")
    ContractFactory(code="CN06302M", name="Clermont Métropole", borne_by=[commune])
    page = sent(client)
    shown = client.get(page).content.decode()
    assert '<option value="1" selected>longitude' in shown
    assert "=1+1" in shown
    job = work(client, page)
    assert (job.state, job.result["url"]) == ("done", page)
    assert "points.csv" not in str(job.arguments)
    assert "2 lignes" in client.get(reverse("job", args=[job.pk])).content.decode()
    shown = client.get(page).content.decode()
    assert "resultat/" in shown
    assert "2 lignes, et ce qui leur est répondu" in shown
    assert '<span lang="fr">coordonnées vides</span>' in shown
    answer, content = taken(client, page)
    assert answer["Content-Type"].startswith("text/csv")
    text = content.decode("utf-8-sig").splitlines()
    assert text[0].startswith("nom;longitude;latitude;constat;qpv_2015;")
    assert text[1].startswith("'=1+1;3,07;45,73;lu;inconnu ici;")
    assert "Clermont" in text[1]
    assert "CN06302M;Clermont Métropole" in text[1]
    assert "coordonnées vides" in text[2]


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_a_workbook_in_a_workbook_out(client, person, fmt):
    book = tables.write(fmt, title="Points", headers=["lon", "lat"], rows=[[3.07, 45.73], [None, "abc"]])
    page = sent(client, content=book, name=f"points.{fmt}")
    assert work(client, page, lon=0, lat=1, fmt=fmt, distance="on").state == "done"
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(taken(client, page)[1])).get_sheet_by_index(0).to_python()
    )
    assert rows[0][:3] == ["lon", "lat", "constat"]
    assert [row[2] for row in rows[1:]] == ["lu", "coordonnées vides"]


def test_nobody_else_sees_it(client, person):
    page = sent(client)
    client.force_login(PersonFactory())
    assert client.get(page).status_code == 404
    assert client.get(f"{page}resultat/").status_code == 404
    assert client.post(f"{page}effacer/").status_code == 404
    client.logout()
    assert client.get(page).status_code == 302
    assert client.get(reverse("locate")).url.startswith(reverse("account_login"))


def test_it_is_erased_after_a_day_by_the_worker_and_unreachable_before(client, person):
    now = datetime(2026, 11, 22, 10, tzinfo=timezone.get_current_timezone())
    with time_machine.travel(now, tick=False):
        page = sent(client)
        work(client, page)
        folder = passing._place()
        assert len(list(folder.glob("*/*"))) == 4
    client.force_login(person)
    with time_machine.travel(now + timedelta(hours=23, minutes=59), tick=False):
        client.force_login(person)
        call_command("work", "--once")
        assert taken(client, page)[0].status_code == 200
    with time_machine.travel(now + timedelta(hours=24), tick=False):
        client.force_login(person)
        assert client.get(page).status_code == 404
        call_command("work", "--once")
        assert list(folder.glob("*")) == []


def test_the_command_erases_too(client, person, capsys):
    with time_machine.travel(timezone.now() - timedelta(days=2), tick=False):
        client.force_login(person)
        sent(client)
    call_command("forget")
    assert "1 effacé" in capsys.readouterr().out
    assert list(passing._place().glob("*")) == []


def test_a_backup_does_not_take_it(client, person, tmp_path):
    import tarfile

    sent(client, name="beneficiaires.csv")
    backup.backup(tmp_path / "tout.tar", portable=True)
    with tarfile.open(tmp_path / "tout.tar") as archive:
        names = archive.getnames()
        assert not [name for name in names if "points" in name or "passing" in name]
        assert b"beneficiaires" not in archive.extractfile("rows.jsonl").read()
    assert settings.MEDIA_ROOT not in passing._place().parents


def test_it_can_be_erased_at_once(client, person):
    page = sent(client)
    assert client.post(f"{page}effacer/").url == reverse("locate")
    assert client.get(page).status_code == 404


def test_a_file_gone_before_the_work_is_told(client, person):
    page = sent(client)
    client.post(page, {"lon": 1, "lat": 2, "versions": ["qpv_2015"], "fmt": "csv"})
    client.post(f"{page}effacer/")
    call_command("work", "--once")
    job = Job.objects.get()
    assert (job.state, "24 heures" in job.error) == ("failed", True)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("", "vide.csv", "vide"),
        ("a", "a.pdf", "lisible"),
        (b"%PDF-1.7 ...", "a.pdf", "Un tableau est attendu"),
        (b"nothing", "a.xlsx", "lisible"),
    ],
)
def test_a_file_that_is_no_table_is_refused_beside_its_field(client, person, content, name, sentence):
    answer = send(client, content, name)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert list(passing._place().glob("*")) == []


def test_too_many_rows_are_refused_with_what_to_do(client, person, monkeypatch):
    monkeypatch.setattr(passing, "MOST_POINTS", 1)
    assert "faubourg locate" in send(client).content.decode()
    assert list(passing._place().glob("*")) == []


def test_columns_must_differ(client, person):
    page = sent(client)
    answer = client.post(page, {"lon": 1, "lat": 1, "versions": ["qpv_2015"], "fmt": "csv"})
    assert "deux colonnes différentes" in answer.content.decode()
    assert not Job.objects.exists()
