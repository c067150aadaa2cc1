"""Calls for projects, dossiers, juries, decisions, residents' funds."""

from copy import deepcopy
from datetime import UTC, date, datetime

import factory
from django.db.models import Sum

from faubourg.calls import models as m
from faubourg.people.models import Organisation
from faubourg.rules.calls.presets import DATA

from .contracts import ContractFactory
from .people import OrganisationFactory, PersonFactory


class RuleSetVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.RuleSetVersion

    code = factory.Sequence(lambda n: f"regles-{n}")
    name = "Développement social durable du territoire"
    instrument = "aap_dsdt"
    authority = "Région Nord-Pas de Calais"
    valid_from = date(2014, 9, 1)
    told = factory.LazyFunction(lambda: deepcopy(DATA["npdc-2014"]))


class CallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Call

    code = factory.Sequence(lambda n: f"appel-{n}")
    title = factory.Sequence(lambda n: f"Appel à projets {n}")
    year = 2015
    lead = factory.SubFactory(OrganisationFactory, kind=Organisation.Kind.EPCI)
    rule_set = factory.SubFactory(RuleSetVersionFactory)
    state = "applications_open"
    published_at = datetime(2014, 9, 15, 8, tzinfo=UTC)


class CallFunderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.CallFunder

    call = factory.SubFactory(CallFactory)
    name = factory.Sequence(lambda n: f"Financeur {n}")
    level = m.CallFunder.Level.REGION


class EnvelopeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Envelope

    funder = factory.SubFactory(CallFunderFactory)
    nature = "operating"
    year = 2015
    amount_cents = 10_000_000
    level = "voted"


class ApplicantRoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.ApplicantRole

    organisation = factory.SubFactory(OrganisationFactory)
    person = factory.SubFactory(PersonFactory)
    role = m.ApplicantRole.Role.WRITER
    since = date(2014, 1, 1)


class IntentFactory(factory.django.DjangoModelFactory):
    """A draft; `submitted=True` makes it one that was received."""

    class Meta:
        model = m.Intent

    class Params:
        submitted = factory.Trait(
            state="submitted",
            number=factory.Sequence(lambda n: f"F2015-{n:05d}"),
            submitted_at=datetime(2014, 11, 20, 9, tzinfo=UTC),
        )

    call = factory.SubFactory(CallFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Projet {n}")
    measure = "f1"


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft; `submitted=True` makes it one that was received."""

    class Meta:
        model = m.Application

    class Params:
        submitted = factory.Trait(
            state="submitted",
            number=factory.Sequence(lambda n: f"2015-{n:05d}"),
            submitted_at=datetime(2015, 1, 20, 9, tzinfo=UTC),
            signed_by_name="Camille Martin",
        )

    call = factory.SubFactory(CallFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    contract = factory.SubFactory(ContractFactory)
    title = factory.Sequence(lambda n: f"Action {n}")
    measure = "f1"
    starts_on = date(2015, 3, 1)
    ends_on = date(2015, 12, 31)


class FundingRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.FundingRequest

    application = factory.SubFactory(ApplicationFactory)
    funder = factory.SubFactory(CallFunderFactory)
    nature = "operating"
    year = 2015
    cents = 200_000

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        # As the service that writes requests does.
        asked = instance.application.requests.aggregate(cents=Sum("cents"))["cents"]
        instance.application.asked_cents = asked
        instance.application.save(update_fields=["asked_cents"])


class JuryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Jury

    call = factory.SubFactory(CallFactory)
    code = "territorial"
    name = factory.Sequence(lambda n: f"Jury territorial {n}")


class JurorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Juror

    jury = factory.SubFactory(JuryFactory)
    person = factory.SubFactory(PersonFactory)
    name = factory.Sequence(lambda n: f"Élu {n}")
    declared_at = datetime(2015, 2, 1, 9, tzinfo=UTC)


class JurySessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.JurySession

    jury = factory.SubFactory(JuryFactory)
    starts_at = datetime(2015, 3, 10, 9, tzinfo=UTC)


class FunderDecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.FunderDecision

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    funder = factory.SubFactory(CallFunderFactory)
    nature = "operating"
    year = 2015
    requested_cents = 200_000


class ResidentFundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.ResidentFund

    code = factory.Sequence(lambda n: f"fph-{n}")
    name = factory.Sequence(lambda n: f"Fonds de participation des habitants {n}")
    kind = m.ResidentFund.Kind.FPH
    year = 2026
    manager = factory.SubFactory(OrganisationFactory)
    envelope_cents = 1_500_000


class MicroprojectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Microproject

    fund = factory.SubFactory(ResidentFundFactory)
    number = factory.Sequence(lambda n: f"FPH-{n:05d}")
    title = factory.Sequence(lambda n: f"Fête du hall {n}")
    collective = "Les voisins du 12"
    what = "Un repas partagé au pied de l’immeuble."
    asked_cents = 45_000


class JuryItemFactory(factory.django.DjangoModelFactory):
    """A dossier before a session, asking 2 000 € of one funder of its call."""

    class Meta:
        model = m.JuryItem

    session = factory.SubFactory(JurySessionFactory)
    application = factory.SubFactory(
        ApplicationFactory,
        submitted=True,
        state="before_jury",
        call=factory.SelfAttribute("..session.jury.call"),
    )
    order = factory.Sequence(lambda n: n)


def a_session(*, jurors=3, dossiers=2, cents=200_000, envelope=1_000_000, opened=True, **jury):
    """A session with its members here, its dossiers asking `cents` of one funder, and that envelope."""
    session = JurySessionFactory(
        state="open" if opened else "planned", **{f"jury__{k}": jury[k] for k in jury}
    )
    for juror in JurorFactory.create_batch(jurors, jury=session.jury):
        session.presences.create(
            juror=juror, present=opened, arrived_at=datetime(2015, 3, 10, 9, tzinfo=UTC) if opened else None
        )
    funder = CallFunderFactory(call=session.jury.call, name="Région")
    if envelope is not None:
        EnvelopeFactory(funder=funder, amount_cents=envelope)
    for rank in range(dossiers):
        item = JuryItemFactory(session=session, order=rank)
        FundingRequestFactory(application=item.application, funder=funder, cents=cents)
    return session


class ReportFactory(factory.django.DjangoModelFactory):
    """A report that is awaited, of a dossier that runs."""

    class Meta:
        model = m.Report

    application = factory.SubFactory(ApplicationFactory, submitted=True, state="running")
    year = 2015
    due_on = date(2016, 6, 30)


class RecoveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = m.Recovery

    application = factory.SubFactory(ApplicationFactory, submitted=True, state="report_in")
    funder = factory.SubFactory(CallFunderFactory)
    cents = 120_000
    reason = "L’action a coûté moins que prévu."
    opened_on = date(2016, 7, 10)
