"""What ends is told by e-mail: once an end, a threshold and a person, whoever runs it and however often."""

import threading
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from faubourg.base.rounds import CLOCKS
from faubourg.contracts.models import Body, EndTold, Mandate, Post, Seat
from faubourg.contracts.queries.told import told_of, told_to, who_may_be_told
from faubourg.contracts.services import telling_ends
from faubourg.contracts.services.telling_ends import LEASE, forget, tell
from faubourg.people.models import Person
from faubourg.people.services.accounts import close_account
from faubourg.rules.contract_circuit import State
from faubourg.rules.expiry import add_months
from tests.factories.agreement import ConventionFactory, PostFactory
from tests.factories.contracts import ContractFactory
from tests.factories.people import RoleGrantFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
END = date(2028, 12, 31)
DAY = timedelta(days=1)


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


def before(months, end=END):
    """That many months before the end."""
    return at(add_months(end, -months))


def in_force(contract, ends_on):
    contract.state, contract.in_force_on = State.IN_FORCE, date(2027, 7, 10)
    contract.signed_on, contract.ends_on = date(2027, 7, 10), ends_on
    contract.save()
    return contract


@pytest.fixture
def contract(town, officer):
    return in_force(town.contract, END)


def second(contract, role="prefect_delegate", **told):
    """Somebody else who keeps the contract."""
    return RoleGrantFactory(role=role, scope_kind="contract", scope_code=contract.code, **told).person


class Broken(EmailBackend):
    """A mail server on a bad day; `refused`: whom it takes nothing for; empty: it is down."""

    refused = ""

    def send_messages(self, messages):
        if not self.refused:
            raise ConnectionRefusedError
        if messages[0].to == [self.refused]:
            raise SMTPRecipientsRefused({self.refused: (550, b"no such user")})
        return super().send_messages(messages)


@pytest.fixture
def broken(settings, monkeypatch):
    def breaks(refused=""):
        monkeypatch.setattr(Broken, "refused", refused)
        settings.EMAIL_BACKEND = f"{__name__}.Broken"

    return breaks


def test_a_contract_is_told_at_each_threshold_once_with_its_addresses(contract, officer, settings):
    settings.SITE_URL = "https://ville.exemple.fr"
    assert tell(before(12) - DAY) == 0
    told = [
        tell(moment)
        for notice in (12, 6, 3)
        for moment in (before(notice), before(notice), before(notice) + DAY)
    ]
    assert told == [1, 0, 0] * 3
    assert tell(at(END + DAY)) == 0
    message = mail.outbox[0]
    assert (message.to, message.subject) == (
        [officer.email],
        "À prévoir : Contrat, Métropole d’Essai",
    )
    ends = reverse("contract_ends", args=[contract.code])
    assert f"https://ville.exemple.fr{ends}" in message.body
    assert f"https://ville.exemple.fr{reverse('contract_circuit', args=[contract.code])}" in message.body
    assert "31 décembre 2028 · Contrat · Métropole d’Essai" in message.body
    assert "Rien ne prend encore la suite." in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_ends_of_a_day_make_one_message_that_names_nobody(contract, officer):
    seat = Seat.objects.create(
        body=Body.objects.create(contract=contract, kind="steering", name="Comité de pilotage"), title="Ville"
    )
    Mandate.objects.create(
        seat=seat, rank="titular", person_name="Zoé Lune", starts_on=date(2026, 1, 1), ends_on=END
    )
    ConventionFactory(contract=contract, title="GUP du Nord", state="active", ends_on=END)
    PostFactory(contract=contract, person_name="Zoé Lune", ends_on=END)
    PostFactory(contract=contract, title="Médiation", person_name="")
    other = in_force(ContractFactory(name="Agglo d’à côté", borne_by=[contract.bearers.get().territory]), END)
    assert tell(before(6)) == 1
    [message] = mail.outbox
    assert message.subject == "À prévoir : 6 échéances"
    for words in ("GUP du Nord", "Comité de pilotage – Ville", "Coordination", "Poste vacant · Médiation"):
        assert words in message.body
    for one in (contract, other):
        assert message.body.count(reverse("contract_ends", args=[one.code])) == 1
    assert "Zoé Lune" not in message.body
    # What appears later the same day waits for the next.
    ConventionFactory(contract=contract, title="GUP du Sud", state="active", ends_on=END)
    assert [tell(before(6)), tell(before(6) + DAY)] == [0, 1]
    assert "GUP du Sud" in mail.outbox[1].body
    assert "GUP du Nord" not in mail.outbox[1].body


def test_a_moved_end_is_told_again_and_a_missed_threshold_is_not_caught_up(contract):
    assert tell(before(5)) == 1
    assert list(EndTold.objects.values_list("notice", flat=True)) == [6]
    later = END + 20 * DAY
    contract.ends_on = later
    contract.save()
    assert tell(before(5) + DAY) == 1
    assert set(EndTold.objects.values_list("notice", "ends_on")) == {(6, END), (6, later)}


def test_what_has_a_successor_or_has_ended_already_is_not_told(contract):
    assert tell(at(END + DAY)) == 0
    ContractFactory(predecessor=contract, state=State.SIGNED, in_force_on=END + DAY)
    assert tell(before(3)) == 0


def test_a_vacancy_is_told_once_and_again_once_filled_and_left(contract):
    far = before(24)
    post = PostFactory(contract=contract, person_name="")
    assert [tell(far), tell(far + DAY)] == [1, 0]
    Post.objects.filter(pk=post.pk).update(person_name="Ana Diaz")
    assert tell(far + 2 * DAY) == 0
    Post.objects.filter(pk=post.pk).update(person_name="")
    ConventionFactory(contract=contract, state="active", ends_on=far.date() + 30 * DAY)
    assert tell(far + 3 * DAY) == 1
    assert "2 échéances" in mail.outbox[-1].subject


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"email": ""}, False),
    ],
)
def test_a_suspended_account_and_one_without_address_are_skipped_and_stop_nobody(
    contract, officer, change, told
):
    Person.objects.filter(pk=officer.pk).update(**change)
    other = second(contract)
    assert tell(before(3)) == 1 + told
    assert {message.to[0] for message in mail.outbox} == {other.email} | ({officer.email} if told else set())


@pytest.mark.parametrize(
    ("role", "dates", "told"),
    [
        ("contract_officer", {}, True),
        ("prefect_delegate", {}, True),
        ("contract_officer", {"since": date(2028, 11, 1)}, False),
        ("contract_officer", {"until": date(2028, 9, 29)}, False),
        ("commune_referent", {}, False),
        ("elected", {}, False),
        ("evaluator", {}, False),
    ],
)
def test_those_in_charge_that_day_are_told_and_nobody_else(contract, officer, stranger, role, dates, told):
    other = second(contract, role, **dates)
    moment = before(3)
    tell(moment)
    reached = {message.to[0] for message in mail.outbox}
    assert reached == {officer.email} | ({other.email} if told else set())
    assert (other in who_may_be_told(moment.date())) == told


def test_who_arrives_later_is_told_of_what_the_others_know(contract):
    assert tell(before(3)) == 1
    arrived = second(contract)
    assert tell(before(3) + DAY) == 1
    assert mail.outbox[-1].to == [arrived.email]


def test_an_address_that_is_refused_stops_nobody_and_is_tried_another_day(
    contract, officer, broken, settings
):
    other = second(contract)
    broken(officer.email)
    assert [tell(before(3)), tell(before(3) + DAY)] == [1, 0]
    assert [message.to for message in mail.outbox] == [[other.email]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tell(before(3) + 2 * DAY) == 1
    assert mail.outbox[-1].to == [officer.email]


def test_a_mail_server_that_is_down_leaves_everything_for_the_next_round(contract, broken, settings, caplog):
    second(contract)
    broken()
    assert tell(before(3)) == 0
    assert not EndTold.objects.exists()
    assert "mail server" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tell(before(3)) == 2


def test_what_a_dead_worker_had_claimed_is_told_after_its_lease(contract, monkeypatch):
    with monkeypatch.context() as patched:
        # Stopped between the claim and the message: nothing is released.
        patched.setattr(telling_ends, "_tell", lambda pk, now: telling_ends._claim(pk, now) and 0)
        assert tell(before(3)) == 0
    assert EndTold.objects.get().told_at is None
    assert tell(before(3) + LEASE / 2) == 0
    assert tell(before(3) + LEASE) == 1


def test_the_database_refuses_the_same_told_twice(contract, officer):
    tell(before(3))
    row = EndTold.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(town, officer):
    in_force(town.contract, END)
    ConventionFactory(contract=town.contract, state="active", ends_on=END)
    second(town.contract)
    gate, told = threading.Barrier(3), []

    def work():
        gate.wait(10)
        try:
            told.append(tell(before(3)))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sum(told) == len(mail.outbox) == 2
    assert EndTold.objects.filter(told_at__isnull=False).count() == 4


def test_many_ends_of_many_contracts_cost_a_few_questions(contract, django_assert_max_num_queries):
    bearer = contract.bearers.get().territory
    for _ in range(12):
        one = in_force(ContractFactory(borne_by=[bearer]), END)
        for _ in range(3):
            ConventionFactory(contract=one, state="active", ends_on=END)
    ConventionFactory.create_batch(30, contract=contract, state="active", ends_on=END)
    with django_assert_max_num_queries(25):
        assert tell(before(3)) == 1
    assert "- et 11 autres, sur cette page" in mail.outbox[0].body


def test_what_is_kept_goes_a_year_after_the_end_and_with_the_account(contract, officer):
    other = second(contract)
    PostFactory(contract=contract, person_name="")
    tell(before(3))
    assert [len(told_to(person)) for person in (officer, other)] == [2, 2]
    close_account(person=officer, by=other.actor)
    assert not EndTold.objects.filter(person_ref=officer.ref).exists()
    assert forget(at(END + 360 * DAY)) == 1  # the vacancy, told more than a year ago
    assert forget(at(END + 366 * DAY)) == 1
    assert not EndTold.objects.exists()


def test_the_page_says_to_partners_what_was_told_and_when(client, contract, officer):
    day = date.today()
    contract.ends_on = add_months(day, 2)
    contract.save()
    second(contract)
    assert tell(at(day)) == 2
    assert [one.people for told in told_of(contract).values() for one in told] == [2]
    address = reverse("contract_ends", args=[contract.code])
    assert "par courriel" not in client.get(address).text
    client.force_login(officer)
    page = client.get(address).text
    assert "à moins de 3 mois, à 2 personnes." in page


def test_the_worker_does_it_each_day():
    assert "contracts-ends" in CLOCKS.go(at(date(2026, 1, 2)))
