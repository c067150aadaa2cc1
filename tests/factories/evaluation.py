"""Annual reports in each of their states, and the opinions asked for."""

from datetime import UTC, date, datetime

import factory

from faubourg.evaluation.models import AnnualReport, Opinion
from faubourg.evaluation.queries import facts_of

from .contracts import ContractFactory

State = AnnualReport.State


class AnnualReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AnnualReport

    class Params:
        sent = factory.Trait(
            state=State.CONSULTED,
            round=1,
            sent_on=date(2024, 3, 15),
            frozen_at=datetime(2024, 3, 15, 9, tzinfo=UTC),
            facts=factory.LazyAttribute(lambda report: facts_of(report.contract, report.year)),
        )
        heard = factory.Trait(sent=True, state=State.HEARD, closed_on=date(2024, 4, 16))
        deliberated = factory.Trait(
            heard=True,
            state=State.DELIBERATED,
            deliberated_on=date(2024, 5, 2),
            deliberation="Conseil, n° 12",
        )
        published = factory.Trait(deliberated=True, state=State.PUBLISHED, published_on=date(2024, 5, 10))

    contract = factory.SubFactory(ContractFactory)
    year = 2023
    perspectives = "Renforcer le droit commun."


class OpinionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Opinion

    report = factory.SubFactory(AnnualReportFactory, sent=True)
    round = 1
    kind = Opinion.Kind.RESIDENTS
    name = factory.Sequence(lambda n: f"Conseil citoyen {n}")
    sent_on = date(2024, 3, 15)
    reply_by = date(2024, 4, 15)
