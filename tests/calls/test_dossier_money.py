"""The money of a draft: what is asked of each funder, its line of chapter 74, the sum kept for the list."""

import pytest

from faubourg.calls.services.dossier_money import set_funders

from .dossiers import ready

pytestmark = pytest.mark.django_db


def asked(dossier, *cents):
    """The requests that the form sends: the first funder, then the second."""
    funders = dossier.call.funders.order_by("pk")
    keys = [f"{funder.pk}-operating-{dossier.call.year}" for funder in funders]
    return {"requests": dict(zip(keys, cents, strict=False)), "standings": {}, "others": []}


def test_what_is_asked_in_all_is_kept_with_the_requests():
    dossier = ready()
    set_funders(dossier, asked(dossier, 200_000, 300_000))
    dossier.refresh_from_db()
    assert dossier.asked_cents == 500_000 == sum(one.cents for one in dossier.requests.all())


def test_it_follows_a_request_that_is_taken_back():
    dossier = ready()
    set_funders(dossier, asked(dossier, 200_000, 300_000))
    set_funders(dossier, asked(dossier, 0, 100_001))
    dossier.refresh_from_db()
    assert (dossier.asked_cents, dossier.requests.count()) == (100_001, 1)
    set_funders(dossier, asked(dossier))
    dossier.refresh_from_db()
    assert (dossier.asked_cents, dossier.requests.count()) == (0, 0)


def test_every_year_counts_in_the_sum_and_the_first_in_the_budget():
    dossier = ready()
    funder = dossier.call.funders.order_by("pk")[0]
    years = {f"{funder.pk}-operating-{dossier.call.year + n}": 100_000 for n in range(3)}
    set_funders(dossier, {"requests": years, "standings": {}, "others": []})
    dossier.refresh_from_db()
    assert dossier.asked_cents == 300_000
    assert dossier.budget_lines.get(funder=funder).cents == 100_000
