"""Standing back: declared by oneself or recorded for somebody, once, lifted with a reason; cuts and sessions.

The walk of every address by who stands back is in `test_recusal_walk`.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.base import documents
from faubourg.base.refusal import Refused
from faubourg.calls.models import AllocationProposal, EnvelopeEvent, Interest
from faubourg.calls.queries.cuts import simulate
from faubourg.calls.services.allocating import copy_into_session
from faubourg.calls.services.cutting import apply_cut
from faubourg.calls.services.sittings import order_items
from faubourg.calls.services.standing_back import stand_back, withdraw_interest
from faubourg.rules.calls.cuts import Method
from tests.factories.calls import (
    ApplicationFactory,
    CallFactory,
    CallFunderFactory,
    EnvelopeFactory,
    FunderDecisionFactory,
    FundingRequestFactory,
    a_session,
)
from tests.factories.contracts import ContractFactory
from tests.factories.people import PersonFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    call = CallFactory()
    contract = ContractFactory()
    call.contracts.add(contract)
    found = ApplicationFactory(
        submitted=True, call=call, contract=contract, title="Le jardin secret", state="examined"
    )
    FundingRequestFactory(application=found, funder=CallFunderFactory(call=call))
    upload = SimpleUploadedFile("rib.pdf", b"%PDF-1.7 essai", "application/pdf")
    document = documents.keep(upload=upload, purpose="test", by=PersonFactory().actor)
    found.pieces.create(code="rib", document=document)
    found.claims.create(exclusion="double", justification="Besoin")
    return found


def test_from_the_page_the_dossier_closes_at_once(client, application):
    person = RoleGrantFactory(
        role="contract_officer", scope_kind="call", scope_code=application.call.code
    ).person
    client.force_login(person)
    assert client.get(application.get_absolute_url()).status_code == 200
    address = reverse("application_stand_back", args=[application.pk])
    assert client.post(address, {"about": "application", "reason": ""}).status_code == 422
    sent = client.post(address, {"about": "application", "reason": "Présidente de l’association"})
    assert sent.status_code == 302
    assert client.get(application.get_absolute_url()).status_code == 403
    assert client.get(sent.url).status_code == 200


def test_who_runs_the_call_records_it_for_somebody_else(client, application):
    runner, other = (
        RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=application.call.code).person
        for _ in range(2)
    )
    client.force_login(runner)
    told = {"organisation": application.organisation.name, "reason": "Salarié"}
    address = reverse("call_interests", args=[application.call.code])
    assert client.post(address, told | {"person": other.email}).status_code == 302
    interest = Interest.objects.get()
    assert (interest.person, interest.declared_by) == (other, runner.ref)
    assert client.get(application.get_absolute_url()).status_code == 200
    client.force_login(other)
    assert client.get(application.get_absolute_url()).status_code == 403


def test_nobody_lifts_their_own_and_a_lift_has_its_reason(application):
    person, runner = PersonFactory(), PersonFactory()
    interest = stand_back(
        call=application.call, person=person, application=application, reason="Lien", by=person.actor
    )
    with pytest.raises(Refused):
        withdraw_interest(interest=interest, reason="Erreur", by=person.actor)
    with pytest.raises(Refused):
        withdraw_interest(interest=interest, reason=" ", by=runner.actor)
    withdraw_interest(interest=interest, reason="Homonyme", by=runner.actor)
    assert not Interest.objects.exists()


def test_the_same_declaration_is_kept_once(application):
    person = PersonFactory()
    told = {"call": application.call, "person": person, "reason": "Lien", "by": person.actor}
    stand_back(**told, application=application)
    with pytest.raises(Refused):
        stand_back(**told, application=application)
    with pytest.raises(ValueError, match="one dossier or"):
        stand_back(**told)


def test_a_cut_that_touches_ones_own_dossier_is_validated_by_somebody_else(application):
    funder = application.call.funders.get()
    decision = FunderDecisionFactory(
        application=application, funder=funder, state="voted", amount_cents=200_000, voted_on="2015-04-01"
    )
    event = EnvelopeEvent.objects.create(
        envelope=EnvelopeFactory(funder=funder, amount_cents=200_000),
        kind="cut", amount_cents=100_000, on="2015-05-01", reason="P147", by_name="A",
    )  # fmt: skip
    me = PersonFactory()
    stand_back(call=application.call, person=me, application=application, reason="Bureau", by=me.actor)
    said = {"method": Method.PRO_RATA, "validated_on": localdate(), "digest": simulate(event).digest}
    with pytest.raises(Refused, match="une autre personne"):
        apply_cut(event=event, by=me.actor, **said)
    decision.refresh_from_db()
    assert (decision.amount_cents, decision.state) == (200_000, "voted")
    apply_cut(event=event, by=PersonFactory().actor, **said)
    decision.refresh_from_db()
    assert decision.amount_cents == 100_000


def test_ones_own_dossier_is_neither_moved_nor_prefilled_in_a_session():
    session = a_session(opened=False)
    own, other = session.items.order_by("order")
    call, me = session.jury.call, PersonFactory()
    stand_back(call=call, person=me, application=own.application, reason="Bureau", by=me.actor)
    session.refresh_from_db()
    order_items(session=session, order={own.pk: 9, other.pk: 8}, base_version=session.version, by=me.actor)
    amounts = [[call.funders.get().pk, "operating", 2015, 77_700]]
    lines = [
        {"application": item.application_id, "retained": True, "amounts": amounts} for item in (own, other)
    ]
    proposal = AllocationProposal.objects.create(call=call, asked={}, told={"lines": lines}, by_name="A")
    assert copy_into_session(proposal=proposal, session=session, by=me.actor) == 1
    before = own.order
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.order, other.order) == (before, 8)
    assert (own.amounts.count(), other.amounts.get().cents) == (0, 77_700)
