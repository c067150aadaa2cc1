"""The computed allocation: from the marks to a draft, explained, copied into a session, never applied."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from faubourg.base.models import Job
from faubourg.calls.models import AllocationProposal, Interest, Review
from faubourg.calls.services import allocating
from tests.factories.calls import a_session
from tests.factories.people import RoleGrantFactory

pytestmark = pytest.mark.django_db
GRID = ("quality", "inhabitants", "partnership", "network", "governance")


@pytest.fixture
def session():
    """Three dossiers of 2 000 €, 4 500 € to give, marked by two members; the second one is the best."""
    made = a_session(jurors=2, dossiers=3, envelope=450_000)
    for mark, item in zip((2, 5, 4), made.items.all(), strict=True):
        for juror in made.jury.jurors.all():
            Review.objects.create(
                juror=juror,
                application=item.application,
                marks=dict.fromkeys(GRID, mark),
                finished_at="2015-03-01T09:00Z",
            )
    return made


@pytest.fixture
def officer(session, client):
    grant = RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=session.jury.call.code)
    client.force_login(grant.person)
    return grant.person


def compute(client, session, **typed):
    where = reverse("call_allocation", args=[session.jury.call.code])
    return client.post(where, {"least_share": "100", **typed})


def test_the_best_dossiers_fit_and_each_no_says_what_would_have_had_to_give(client, session, officer):
    answer = compute(client, session)
    assert answer.status_code == 302
    proposal = AllocationProposal.objects.get()
    worst, *_best = (item.application for item in session.items.all())
    by_pk = {line["application"]: line for line in proposal.told["lines"]}
    assert [line["retained"] for line in by_pk.values()] == [pk != worst.pk for pk in by_pk]
    assert by_pk[worst.pk]["reasons"][0]["code"] == "envelope_short"
    assert proposal.gap == 0
    page = client.get(answer.url).content.decode()
    assert "Il aurait fallu" in page
    assert "Un simple classement en retiendrait 2" in page
    assert not session.items.exclude(decision="").exists()


def test_it_is_copied_into_a_session_and_decides_nothing(client, session, officer):
    compute(client, session)
    proposal = AllocationProposal.objects.get()
    where = reverse("allocation_copy", args=[session.jury.call.code, proposal.pk])
    assert client.post(where, {"session": session.pk}).status_code == 302
    assert [sum(a.cents for a in item.amounts.all()) for item in session.items.all()] == [0, 200_000, 200_000]
    assert not session.items.exclude(decision="").exists()
    assert client.post(where, {"session": "x"}).status_code == 404


def test_a_minimum_out_of_reach_is_lowered_and_told(client, session, officer):
    answer = compute(client, session, **{"minimum-0": "1 000 000"})
    assert answer.status_code == 302
    assert "n’est pas atteignable" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(("most", "given"), [("1 500", [0, 150_000, 150_000]), ("1 499,99", [0, 0, 0])])
def test_a_ceiling_by_nature_bounds_what_a_funder_gives_to_each(client, session, officer, most, given):
    funder = session.jury.call.funders.get()
    funder.envelopes.update(amount_cents=300_000)
    typed = {f"most-{funder.pk}-operating": most, "least_share": "75"}
    assert compute(client, session, **typed).status_code == 302
    proposal = AllocationProposal.objects.get()
    assert [line["cents"] for line in proposal.told["lines"]] == given
    kept = allocating.from_json(proposal.asked["typed"]).most_cents
    assert list(kept) == [(funder.pk, "operating")]


def test_a_ceiling_under_the_floor_is_refused_beside_it(client, session, officer):
    funder = session.jury.call.funders.get()
    answer = compute(client, session, **{f"least-{funder.pk}": "1000", f"most-{funder.pk}-operating": "900"})
    assert answer.status_code == 422
    assert "sous la plus petite aide" in answer.content.decode()


@pytest.mark.parametrize(
    "typed", [{"least_share": "120"}, {"minimum-0": "beaucoup"}, {"weight-0": "100"}, {"least_share": "-1"}]
)
def test_bad_terms_are_refused_beside_their_field(client, session, officer, typed):
    assert compute(client, session, **typed).status_code == 422
    assert not AllocationProposal.objects.exists()


def test_without_marks_there_is_nothing_to_compute(client, session, officer):
    Review.objects.all().delete()
    answer = compute(client, session)
    assert answer.status_code == 422
    assert "part des notes du jury" in answer.content.decode()


def test_whoever_stands_back_reads_the_proposal_without_the_dossier(client, session, officer):
    answer = compute(client, session)
    hidden = session.items.first().application
    Interest.objects.create(
        call=hidden.call,
        person=officer,
        organisation=hidden.organisation,
        reason="Bureau",
        declared_on="2015-02-01",
    )
    page = client.get(answer.url).content.decode()
    assert hidden.title not in page
    assert hidden.organisation.name not in page


@pytest.mark.django_db(transaction=True)
def test_many_dossiers_are_computed_by_the_worker(client, session, officer, monkeypatch):
    monkeypatch.setattr(allocating, "INLINE", 1)
    answer = compute(client, session)
    job = Job.objects.get()
    assert answer.url == reverse("job", args=[job.pk])
    call_command("work", "--once")
    job.refresh_from_db()
    assert (job.state, job.result["url"]) == (
        "done",
        reverse("allocation_proposal", args=[session.jury.call.code, AllocationProposal.objects.get().pk]),
    )


@pytest.mark.parametrize("dossiers", [1, 3])
def test_the_form_reads_no_dossier(client, dossiers, django_assert_max_num_queries):
    session = a_session(dossiers=dossiers)
    call = session.jury.call
    client.force_login(
        RoleGrantFactory(role="contract_officer", scope_kind="call", scope_code=call.code).person
    )
    where = reverse("call_allocation", args=[call.code])
    client.get(where)
    with django_assert_max_num_queries(15) as found:
        page = client.get(where)
    assert page.context["waiting"] == dossiers
    assert not any("calls_fundingrequest" in query["sql"] for query in found.captured_queries)
