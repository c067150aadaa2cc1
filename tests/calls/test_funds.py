"""J2.4: a collective without legal form asks 450 €, a committee votes on phones, receipts, closed."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from faubourg.base.refusal import Refused
from faubourg.calls.models import Committee, Microproject
from faubourg.calls.queries.funds import left_in
from faubourg.calls.services import committees, forgetting_funds, funds, microprojects
from faubourg.calls.services.microprojects import Wish
from faubourg.rules.calls.circuits import MICROPROJECT
from tests.factories.calls import ApplicantRoleFactory, MicroprojectFactory, ResidentFundFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
WISH = {
    "title": "Repas du hall",
    "collective": "Les voisins du 12",
    "what": "Un repas partagé.",
    "asked": "450",
    "nature": "operating",
    "contact_name": "Sami",
    "contact": "06 00 00 00 00",
}


@pytest.fixture
def fund():
    return ResidentFundFactory(ceiling_cents=60_000)


@pytest.fixture
def holder(fund):
    return ApplicantRoleFactory(organisation=fund.manager, role="administrator").person


def test_the_association_that_holds_a_fund_does_not_set_its_envelope(client, fund, holder):
    client.force_login(holder)
    assert client.get(f"/fonds/{fund.code}/modifier/").status_code == 403


def test_the_quorum_stays_while_a_vote_is_open(fund, holder):
    gathered(fund, holder, MicroprojectFactory(fund=fund))
    told = funds.FundWords(
        name=fund.name, kind=fund.kind, year=fund.year, manager=fund.manager,
        envelope_cents=fund.envelope_cents, quorum=1,
    )  # fmt: skip
    with pytest.raises(Refused):
        funds.edit_fund(fund=fund, told=told, base_version=fund.version, by=holder.actor)


def test_somebody_seated_anew_has_one_voice(fund, holder, members):
    project = MicroprojectFactory(fund=fund)
    committee = gathered(fund, holder, project)
    voted(committee, project, members, "yes")
    funds.end_seat(member=members[0], by=holder.actor)
    again = funds.seat_member(
        fund=fund,
        name="La même",
        person=members[0].person,
        resident=True,
        since=date(2026, 1, 1),
        by=holder.actor,
    )
    voted(committee, project, [again], "yes")
    committees.count(committee=committee, by=holder.actor)
    committee.refresh_from_db()
    assert committee.result[str(project.pk)]["yes"] == 1


def test_reading_a_vote_that_is_over_writes_nothing(client, fund, holder):
    committee = gathered(fund, holder, MicroprojectFactory(fund=fund))
    moment = timezone.now() - timedelta(days=1)
    Committee.objects.filter(pk=committee.pk).update(opens_at=moment - timedelta(days=1), closes_at=moment)
    client.get(f"/fonds/comites/{committee.pk}/")
    committee.refresh_from_db()
    assert committee.state == "open"


def test_a_receipt_of_nothing_is_refused(client, fund):
    project = MicroprojectFactory(fund=fund, state="granted", granted_cents=45_000)
    told = {"photo": photo(), "label": "Pain", "cents": "0"}
    page = client.post(f"/fonds/demande/{project.key}/justificatif/", told)
    assert page.status_code == 422
    assert "montant payé" in page.content.decode()


@pytest.fixture
def members(fund):
    people = PersonFactory.create_batch(3)
    return [fund.members.create(person=person, name=str(person), since=date(2024, 1, 1)) for person in people]


def photo(name="ticket.jpg", colour=(200, 10, 10)):
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def gathered(fund, holder, *projects, hours=24):
    moment = timezone.now() + timedelta(hours=hours)
    return committees.gather(fund=fund, projects=projects, closes_at=moment, by=holder.actor)


def voted(committee, project, members, *voices, cents=None):
    for member, voice in zip(members, voices, strict=False):
        committees.vote(committee=committee, project=project, member=member, voice=voice, cents=cents)


def test_from_two_pages_to_the_close(client, fund, holder, members):
    page = client.post(f"/fonds/{fund.code}/demander/", WISH)
    project = Microproject.objects.get()
    assert page.url == f"/fonds/demande/{project.key}/"
    assert client.get(page.url).status_code == 200
    client.force_login(holder)
    soon = timezone.localtime() + timedelta(days=1)
    told = {"projects": [project.pk], "day": soon.date().isoformat(), "hour": "20:00"}
    at = client.post(f"/fonds/{fund.code}/comite/", told).url
    for member, voice in zip(members, ["yes", "yes", "no"], strict=True):
        client.force_login(member.person)
        assert client.get(at).status_code == 200
        client.post(at, {"project": project.pk, "voice": voice, "cents": "400" if voice == "yes" else ""})
    client.force_login(holder)
    client.post(f"{at}clore/")
    project.refresh_from_db()
    assert (project.state, project.granted_cents) == ("granted", 40_000)
    acts = f"/fonds/demandes/{project.pk}/"
    client.post(f"{acts}advance/", {"cents": "400", "version": project.version})
    client.logout()
    own = f"/fonds/demande/{project.key}/"
    for _twice in range(2):
        client.post(f"{own}justificatif/", {"photo": photo(), "label": "Courses", "cents": "380"})
    assert project.receipts.count() == 1
    client.post(f"{own}remettre/", {"story": "Quarante voisins.", "people_count": "40"})
    client.force_login(holder)
    receipt = project.receipts.get()
    client.post(f"/fonds/justificatifs/{receipt.pk}/verifier/", {"accepted": "yes"})
    project.refresh_from_db()
    client.post(f"{acts}close/", {"cents": "0", "version": project.version})
    project.refresh_from_db()
    assert project.state == "reported", "20 € of the advance are not justified"
    client.post(f"{acts}close/", {"cents": "20", "version": project.version})
    project.refresh_from_db()
    assert project.state == "closed"
    assert b"Repas du hall" in client.get(f"/fonds/{fund.code}/").content


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"asked": "600,01"}, "plafond"),
        ({"nature": "investment"}, "fonctionnement"),
        ({"asked": ""}, "obligatoire"),
        ({"label_1": "Pain", "cents_1": "30"}, "dépasse pas"),
        ({"label_1": "Pain"}, "nom et son montant"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_is_lost(client, fund, change, words):
    page = client.post(f"/fonds/{fund.code}/demander/", WISH | change).content.decode()
    assert words in page
    assert "Un repas partagé." in page
    assert not Microproject.objects.exists()


def test_a_request_sent_twice_is_one_request(client, fund):
    first = client.post(f"/fonds/{fund.code}/demander/", WISH)
    assert client.post(f"/fonds/{fund.code}/demander/", WISH).url == first.url
    assert Microproject.objects.count() == 1
    client.post(f"/fonds/{fund.code}/demander/", WISH | {"contact": "06 11 11 11 11"})
    client.force_login(PersonFactory())
    client.post(f"/fonds/{fund.code}/demander/", WISH)
    assert Microproject.objects.count() == 3, "somebody else asks something else"


def test_nobody_judges_the_content_before_the_committee(fund):
    asked = microprojects.ask(
        fund=fund,
        wish=Wish(title="?", collective="Nous", what="Une idée folle", asked_cents=100),
        by=microprojects.WITHOUT_ACCOUNT,
    )
    for act in ("refuse", "grant"):
        assert not MICROPROJECT.may_start(act, asked.state).ok


def test_whoever_asked_stands_back_and_does_not_make_the_quorum(fund, holder, members):
    project = MicroprojectFactory(fund=fund, person=members[0].person)
    committee = gathered(fund, holder, project)
    with pytest.raises(Refused):
        voted(committee, project, members, "yes")
    voted(committee, project, members, "stands_back", "yes", "yes")
    committees.count(committee=committee, by=holder.actor)
    project.refresh_from_db()
    assert project.state == "accompanied", "two of three do not make the quorum of three"


def test_the_envelope_is_never_exceeded(holder, members, fund):
    funds.edit_fund(
        fund=fund,
        told=funds.FundWords(
            name=fund.name, kind=fund.kind, year=fund.year, manager=fund.manager, envelope_cents=70_000
        ),
        base_version=fund.version,
        by=holder.actor,
    )
    projects = MicroprojectFactory.create_batch(3, fund=fund, asked_cents=30_000)
    committee = gathered(fund, holder, *projects)
    for project in projects:
        voted(committee, project, members, "yes", "yes", "yes")
    committees.count(committee=committee, by=holder.actor)
    states = sorted(Microproject.objects.values_list("state", flat=True))
    assert states == ["accompanied", "granted", "granted"]
    fund.refresh_from_db()
    assert left_in(fund) == 10_000


def test_a_vote_closes_at_its_moment_once(fund, holder, members):
    project = MicroprojectFactory(fund=fund)
    committee = gathered(fund, holder, project)
    voted(committee, project, members, "yes", "yes", "yes")
    after = timezone.now() + timedelta(days=2)
    assert (committees.close_due(after), committees.close_due(after)) == (1, 0)
    late = gathered(fund, holder, MicroprojectFactory(fund=fund))
    Committee.objects.filter(pk=late.pk).update(
        opens_at=timezone.now() - timedelta(days=2), closes_at=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(Refused):
        voted(late, late.microprojects.get(), members, "yes")


def test_only_the_key_or_the_holder_opens_a_receipt(client, fund, holder):
    project = MicroprojectFactory(fund=fund, state="granted", granted_cents=45_000)
    receipt = microprojects.add_receipt(
        project=project, upload=photo(), label="Pain", cents=500, by=microprojects.WITHOUT_ACCOUNT
    )
    file = f"/fonds/justificatifs/{receipt.pk}/"
    assert b"".join(client.get(f"{file}?cle={project.key}").streaming_content)
    client.force_login(PersonFactory())
    assert client.get(f"{file}?cle=rien").status_code == 403
    client.force_login(holder)
    assert b"".join(client.get(file).streaming_content)
    assert client.get("/fonds/demande/rien/").status_code == 404


@pytest.mark.parametrize("name", ["ticket.svg", "ticket.html", "ticket.jpg"])
def test_a_hostile_receipt_is_refused_with_a_sentence(client, fund, name):
    project = MicroprojectFactory(fund=fund, state="granted", granted_cents=45_000)
    bad = SimpleUploadedFile(name, b"<svg onload='alert(1)'/>", "image/jpeg")
    told = {"photo": bad, "label": "Pain", "cents": "5"}
    page = client.post(f"/fonds/demande/{project.key}/justificatif/", told)
    assert page.status_code == 422
    assert name in page.content.decode()
    assert not project.receipts.exists()


def test_robots_are_stopped_and_contacts_forgotten(client, fund):
    MicroprojectFactory.create_batch(microprojects.MOST_AN_HOUR, fund=fund)
    assert "dans une heure" in client.post(f"/fonds/{fund.code}/demander/", WISH).content.decode()
    old = MicroprojectFactory(
        fund=fund, state="closed", closed_on=date(2024, 1, 1), contact="06", contact_name="Sami"
    )
    assert forgetting_funds.forget_contacts(datetime(2026, 1, 1, tzinfo=timezone.get_current_timezone())) == 1
    old.refresh_from_db()
    assert (old.contact, old.contact_name) == ("", "")


@pytest.mark.parametrize("asked", ["²", "٣" * 3, "9" * 5000, "-1", ""])
def test_a_voice_for_no_request_is_told_so(client, fund, holder, members, asked):
    committee = gathered(fund, holder, MicroprojectFactory(fund=fund))
    client.force_login(members[0].person)
    page = client.post(f"/fonds/comites/{committee.pk}/", {"project": asked, "voice": "yes"}, follow=True)
    assert page.status_code == 200


def test_a_stranger_reads_neither_the_requests_nor_the_vote(client, fund, holder):
    project = MicroprojectFactory(fund=fund)
    committee = gathered(fund, holder, project)
    client.force_login(PersonFactory())
    for path in (
        f"/fonds/{fund.code}/demandes/",
        f"/fonds/demandes/{project.pk}/",
        f"/fonds/comites/{committee.pk}/",
    ):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    "page", ["/fonds/", "/fonds/{code}/", "/fonds/{code}/demandes/", "/fonds/comites/{committee}/"]
)
def test_three_rows_ask_what_one_asks(client, fund, holder, members, page, django_assert_max_num_queries):
    def asked(rows):
        MicroprojectFactory.create_batch(rows, fund=fund, state="granted", granted_cents=100, territory=None)
        committee = gathered(fund, holder, *MicroprojectFactory.create_batch(rows, fund=fund))
        address = page.format(code=fund.code, committee=committee.pk)
        client.force_login(holder)
        with django_assert_max_num_queries(15) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = asked(1)
    ResidentFundFactory.create_batch(2)
    assert asked(3) <= few + 1
