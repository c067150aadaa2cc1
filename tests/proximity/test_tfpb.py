"""A landlord's convention from its plan to its signed review: what is refused, what is counted, who signs."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from faubourg.base.refusal import Conflict, Refused
from faubourg.proximity.models import Check, TfpbAgreement, TfpbYear
from faubourg.proximity.queries import tfpb as queries
from faubourg.proximity.queries.tfpb_review import review_of
from faubourg.proximity.services import tfpb_moves as moves
from faubourg.proximity.services import tfpb_plan, tfpb_proof, tfpb_spending
from faubourg.proximity.services.tfpb_spending import Spent
from faubourg.rules.proximity import tfpb as rules
from tests.factories.proximity import TicketFactory

from .landlord import DAY, FIRST, Cast, lines_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    with time_machine.travel(DAY):
        yield Cast()


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paper(name="facture.csv"):
    return SimpleUploadedFile(name, b"date;montant\n2026-01-02;100\n", "text/csv")


def photo():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 60, 30)).save(file, "JPEG")
    return SimpleUploadedFile("hall.jpg", file.getvalue(), "image/jpeg")


def closed(cast, *, checked=True, **more):
    ticket = TicketFactory(
        area=cast.area, partner=cast.partner, state="closed", closed_at=timezone.now(),
        created_at=timezone.now() - timedelta(days=3), declared_done_at=timezone.now(), **more,
    )  # fmt: skip
    if checked:
        Check.objects.create(ticket=ticket, who=Check.Who.RESIDENT, repaired=True)
    return ticket


def proved(cast, agreement, year=FIRST):
    """Three actions of ten thousand euros each, all proved, over a rebate of thirty thousand."""
    for line in lines_of(agreement, year):
        cast.spend(line, 1_200_000, 1_000_000, 200_000)
        tfpb_proof.add_proof(line=line, label="Facture", upload=paper(), by=cast.landlord.actor)
        tfpb_proof.add_proof(line=line, label="Hall", upload=photo(), by=cast.landlord.actor)
        tfpb_proof.add_proof(line=line, label="", ticket=closed(cast), by=cast.landlord.actor)
    found = agreement.years.get(year=year)
    return cast.rebate(found)


def handed_in(cast):
    agreement = cast.running()
    year = proved(cast, agreement)
    return moves.hand_in(year=year, base_version=None, by=cast.landlord.actor)


def visited(cast):
    return moves.visit(
        year=handed_in(cast), on=timezone.localdate(), visitors=["landlord", "authority", "residents"],
        words="Halls propres.", base_version=None, by=cast.town.actor,
    )  # fmt: skip


def state_of(year):
    return TfpbAgreement.objects.get(pk=year.agreement_id).state


class TestOpeningAndPlan:
    def test_it_opens_with_its_years_and_its_parties_awaited(self, cast):
        held = cast.opened()
        assert held.state == "draft"
        assert [year.year for year in held.years.all()] == [FIRST, FIRST + 1, FIRST + 2]
        assert set(held.parties) == {"landlord", "commune", "state"}
        assert held.convention.kind == "tfpb"

    @pytest.mark.parametrize(("first", "last"), [(FIRST, FIRST + 1), (FIRST, FIRST + 6)])
    def test_three_to_six_years(self, cast, first, last):
        with pytest.raises(Refused, match="de 3 à 6 années"):
            cast.opened(first_year=first, last_year=last)

    def test_a_landlord_has_one_convention_for_the_same_years(self, cast):
        cast.opened()
        with pytest.raises(Refused, match="a déjà une convention"):
            cast.opened()

    def test_nobody_signs_without_a_three_year_plan(self, cast):
        held = cast.opened()
        with pytest.raises(Refused, match="dotée de son plan triennal"):
            moves.record_signatures(
                agreement=held, days={"state": timezone.localdate()}, base_version=None, by=cast.town.actor
            )
        with pytest.raises(Refused, match="Le plan triennal manque"):
            moves.settle_plan(agreement=held, base_version=None, by=cast.landlord.actor)

    def test_signed_only_when_the_four_signed(self, cast):
        held = cast.planned()
        today = timezone.localdate()
        held = moves.record_signatures(
            agreement=held, days={"landlord": today}, base_version=None, by=cast.town.actor
        )
        assert held.state == "planned"
        with pytest.raises(Refused, match="Une partie a signé"):
            moves.rework_plan(agreement=held, reason="Erreur", base_version=None, by=cast.landlord.actor)
        held = moves.record_signatures(
            agreement=held, days={"commune": today, "state": today}, base_version=None, by=cast.town.actor
        )
        assert held.state == "signed"
        assert held.convention.state == "signed"

    def test_what_was_planned_stays_once_signed(self, cast):
        held = cast.signed()
        action = held.actions.first()
        words = tfpb_plan.ActionWords(axis=3, title="Autre", planned={FIRST: 5})
        with pytest.raises(Refused, match="Le plan s’écrit en projet"):
            tfpb_plan.write_action(agreement=held, action=action, words=words, by=cast.landlord.actor)


class TestMoney:
    def test_more_than_exceeds_ordinary_management_is_refused(self, cast):
        line = lines_of(cast.running(), FIRST)[0]
        with pytest.raises(Refused, match="dépassent la gestion ordinaire"):
            cast.spend(line, 1_000_000, 900_001, 100_000)

    def test_the_database_refuses_too(self, cast):
        line = lines_of(cast.running(), FIRST)[0]
        line.cost_cents, line.valued_cents = 100, 101
        with pytest.raises(IntegrityError), transaction.atomic():
            line.save()

    def test_no_value_without_a_cost(self, cast):
        line = lines_of(cast.running(), FIRST)[0]
        with pytest.raises(Refused, match="Écrivez d’abord le coût"):
            tfpb_spending.write_line(
                line=line, spent=Spent(None, None, 0, 0, 100), base_version=None, by=cast.landlord.actor
            )

    def test_two_people_at_once(self, cast):
        line = lines_of(cast.running(), FIRST)[0]
        cast.spend(line, 100, 100)
        with pytest.raises(Conflict):
            tfpb_spending.write_line(
                line=line, spent=Spent(1, 0, 0, 0, 0), base_version=1, by=cast.landlord.actor
            )

    def test_what_is_not_proved_is_not_justified(self, cast):
        held = cast.running()
        for line in lines_of(held, FIRST):
            cast.spend(line, 1_000_000, 1_000_000)
        year = cast.rebate(held.years.get(year=FIRST))
        use = review_of(year).use
        assert (use.valued_cents, use.justified_cents, use.missing_cents) == (3_000_000, 0, 3_000_000)
        with pytest.raises(Refused, match="Le bilan annuel n’est pas complet"):
            moves.hand_in(year=year, base_version=None, by=cast.landlord.actor)

    def test_sum_by_axis_is_the_sum_of_the_year(self, cast):
        held = cast.running()
        year = proved(cast, held)
        review = review_of(year)
        assert sum(cost for *_, cost, _v, _j in review.axes) == review.use.cost_cents
        assert sum(valued for *_, valued, _j in review.axes) == review.use.valued_cents
        assert sum(axis[-1] for axis in review.axes) == review.use.justified_cents == 3_000_000
        assert review.use.share == 1
        assert [axis[0] for axis in review.axes] == list(range(1, 9))


class TestProof:
    def test_a_report_of_somebody_else_proves_nothing(self, cast):
        line = lines_of(cast.running(), FIRST)[0]
        other = TicketFactory(area=cast.area, state="closed")
        with pytest.raises(Refused, match="n’a pas été traité par ce bailleur"):
            tfpb_proof.add_proof(line=line, label="", ticket=other, by=cast.landlord.actor)

    def test_a_report_that_is_not_closed_proves_nothing(self, cast):
        line = lines_of(cast.running(), FIRST)[0]
        open_one = TicketFactory(area=cast.area, partner=cast.partner, state="planned")
        with pytest.raises(Refused, match="n’est pas clos"):
            tfpb_proof.add_proof(line=line, label="", ticket=open_one, by=cast.landlord.actor)

    def test_one_report_proves_one_action(self, cast):
        one, other, _third = lines_of(cast.running(), FIRST)
        ticket = closed(cast)
        first = tfpb_proof.add_proof(line=one, label="", ticket=ticket, by=cast.landlord.actor)
        again = tfpb_proof.add_proof(line=one, label="", ticket=ticket, by=cast.landlord.actor)
        assert first.pk == again.pk
        with pytest.raises(Refused, match="prouve déjà « Sur-entretien des halls »"):
            tfpb_proof.add_proof(line=other, label="", ticket=ticket, by=cast.landlord.actor)

    def test_what_each_proof_is_worth(self, cast):
        line = lines_of(cast.running(), FIRST)[2]
        add = {"line": line, "label": "", "by": cast.landlord.actor}
        kind = rules.Evidence
        made = tfpb_proof.add_proof(**add, ticket=closed(cast, checked=False))
        assert queries.kinds_of(made) == {kind.CLOSED_REPORT}
        made = tfpb_proof.add_proof(**add, ticket=closed(cast))
        assert queries.kinds_of(made) == {kind.CLOSED_REPORT, kind.RESIDENT_CHECK}
        assert queries.kinds_of(tfpb_proof.add_proof(**add, upload=photo())) == {kind.PHOTO}
        assert queries.kinds_of(tfpb_proof.add_proof(**add, upload=paper())) == {kind.DOCUMENT}

    def test_a_program_is_refused(self, cast):
        line = lines_of(cast.running(), FIRST)[0]
        bad = SimpleUploadedFile("virus.exe", b"MZ", "application/octet-stream")
        with pytest.raises(Refused):
            tfpb_proof.add_proof(line=line, label="", upload=bad, by=cast.landlord.actor)


class TestReview:
    def test_handed_in_it_keeps_its_figures(self, cast):
        year = handed_in(cast)
        assert state_of(year) == "reported"
        assert year.figures["closed"] == year.figures["checked"] == 3
        closed(cast)
        assert review_of(TfpbYear.objects.get(pk=year.pk)).figures["closed"] == 3
        with pytest.raises(Refused):
            cast.spend(lines_of(year.agreement, FIRST)[0], 1, 0)

    def test_nobody_visits_alone(self, cast):
        year = handed_in(cast)
        with pytest.raises(Refused, match="Dites qui était à la visite"):
            moves.visit(
                year=year, on=timezone.localdate(), visitors=["landlord"], words="", base_version=None,
                by=cast.town.actor,
            )  # fmt: skip
        assert TfpbYear.objects.get(pk=year.pk).visited_on is None

    def test_both_signatures_approve_it(self, cast):
        year = visited(cast)
        year = moves.sign_review(year=year, side="town", reserves="", base_version=None, by=cast.town.actor)
        assert state_of(year) == "visited"
        year = moves.sign_review(year=year, side="state", reserves="", base_version=None, by=cast.state.actor)
        assert state_of(year) == "approved"

    def test_one_person_never_signs_for_both(self, cast):
        year = visited(cast)
        moves.sign_review(year=year, side="town", reserves="", base_version=None, by=cast.town.actor)
        with pytest.raises(Refused, match="une même personne ne signe pas deux fois"):
            moves.sign_review(year=year, side="state", reserves="", base_version=None, by=cast.town.actor)

    def test_reserves_are_kept_and_it_may_be_flagged(self, cast):
        year = visited(cast)
        moves.sign_review(
            year=year, side="town", reserves="Deux halls oubliés.", base_version=None, by=cast.town.actor
        )
        year = moves.sign_review(year=year, side="state", reserves="", base_version=None, by=cast.state.actor)
        assert state_of(year) == "approved_with_reserves"
        with pytest.raises(Refused, match="Écrivez le motif"):
            moves.flag(year=year, reason="", base_version=None, by=cast.state.actor)
        year = moves.flag(year=year, reason="Rien n’a changé.", base_version=None, by=cast.state.actor)
        assert (state_of(year), year.flagged_on) == ("flagged", timezone.localdate())
        held = moves.next_year(agreement=year.agreement, base_version=None, by=cast.town.actor)
        assert queries.under_review(held).year == FIRST + 1

    def test_it_ends_once_each_year_was_settled(self, cast):
        held = cast.running()
        late = date(FIRST + 3, 6, 1)
        assert moves.end_those_over(on=late) == 0
        held.years.update(state_signed_on=timezone.localdate(), town_signed_on=timezone.localdate())
        held.convention.ends_on = timezone.localdate() - timedelta(days=1)
        held.convention.starts_on = held.convention.ends_on
        held.convention.save()
        assert moves.end_those_over(on=late) == 1
        assert moves.end_those_over(on=late) == 0


class TestAlerts:
    def test_unsigned_by_its_day_is_told(self, cast):
        held = cast.opened()
        after = date(FIRST, 1, 2)
        codes = [reason.code for year, reason in queries.alerts_of(held, after) if year.year == FIRST]
        assert codes == ["tfpb-signed", "tfpb-plan"]

    def test_a_delay_granted_by_the_state_opens_the_year(self, cast):
        held = cast.signed()
        year = held.years.get(year=FIRST)
        today = timezone.localdate()
        if today > date(FIRST, 1, 1):
            assert queries.judge_year(held, year, today).ok is False
        until = today + timedelta(days=10)
        year = tfpb_spending.grant_delay(
            year=year, until=until, words="Instruction d’essai", base_version=None, by=cast.state.actor
        )
        assert queries.judge_year(held, year, today).ok is True

    def test_a_delay_says_which_text(self, cast):
        year = cast.opened().years.get(year=FIRST)
        with pytest.raises(Refused, match="quel texte"):
            tfpb_spending.grant_delay(
                year=year, until=date(FIRST, 6, 1), words="", base_version=None, by=cast.state.actor
            )
