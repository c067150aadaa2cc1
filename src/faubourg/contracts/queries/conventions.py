"""Conventions: those of a contract with what their lines show, and everything that hangs on one."""

from django.db.models import Count, Q, QuerySet

from faubourg.contracts.agreements import Agreement, of
from faubourg.contracts.models import Contract, Convention, LinkedPlan, Post


def conventions_of(contract: Contract, *, drafts: bool) -> QuerySet[Convention]:
    """The conventions of a contract; drafts only for who reads its workings."""
    found = Convention.objects.filter(contract=contract).annotate(
        party_count=Count("parties", filter=Q(parties__mandatory=True), distinct=True),
        signed_count=Count(
            "parties", filter=Q(parties__mandatory=True, parties__signed_on__isnull=False), distinct=True
        ),
    )
    return found if drafts else found.exclude(state=Convention.State.DRAFT)


def posts_of(agreement: Agreement) -> list[Post]:
    """The posts of an agreement with their co-funders."""
    return list(of(Post.objects.select_related("organisation").prefetch_related("funders"), agreement))


def plans_of(agreement: Agreement) -> list[LinkedPlan]:
    """The plans to which an agreement is linked."""
    return list(of(LinkedPlan.objects.all(), agreement))
