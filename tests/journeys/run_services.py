"""What comes between a complete dossier and its grant, done by the services: another journey walks it."""

from .kinds import CHARGEE
from .server import Server

DELEGUE = "delegue@demo.faubourg"
# Both opinions, a jury of one that retains all that is asked, the votes, the letter.
GRANT = """
from datetime import timedelta
from django.utils import timezone
from faubourg.calls.models import Application
from faubourg.calls.services import deciding, funder_decisions, juries, letters, live_session, opinions
from faubourg.calls.services import payments, sittings
from faubourg.people.models import Person
from faubourg.rules.calls.deliberation import Decision
today, people = timezone.localdate(), Person.objects.in_bulk([{officer!r}, {juror!r}], field_name="email")
by, juror = people[{officer!r}].actor, people[{juror!r}]
dossier = Application.objects.get(pk={dossier})
asked = {{one.funder: one for one in dossier.requests.select_related("funder")}}
for funder, one in asked.items():
    told = {{"sense": "favourable", "text": "", "operating_cents": one.cents, "investment_cents": 0}}
    opinions.give_opinion(application=dossier, funder=funder, values=told, base_version=0, by=by)
made = juries.create_juries(call=dossier.call, by=by)
jury = next(one for one in made if one.contract_id == dossier.contract_id)
seat = juries.add_juror(
    jury=jury, person=juror, name=juror.name, organisation=None, quality="élue", votes=True, by=by
)
juries.declare_interests(juror=seat, links={{}}, by=by)
session = sittings.plan_session(jury=jury, starts_at=timezone.now() - timedelta(hours=1), place="", by=by)
(item,) = sittings.enrol(session=session, applications=[Application.objects.get(pk=dossier.pk)], by=by)
session = live_session.open_session(session=session, by=by)
live_session.arrive(session=session, juror_pk=seat.pk, by=by)
said = deciding.Said(
    Decision.RETAINED, amounts={{(one.funder_id, one.nature, one.year): one.cents for one in asked.values()}}
)
deciding.decide_item(item=item, said=said, base_version=item.version, by=by)
dossier = Application.objects.get(pk=dossier.pk)
act = funder_decisions.Act("délibération n° 12", today)
for decision in dossier.decisions.order_by("pk"):
    ballots = [funder_decisions.Ballot(decision.pk)]
    funder_decisions.vote(call=dossier.call, ballots=ballots, act=act, by=by)
letter = letters.draft_letter(application=Application.objects.get(pk=dossier.pk), funder=None, by=by)
letters.send_letter(letter=letter, base_version=letter.version, by=by)
first = dossier.decisions.get(funder__name="Région")
parts = (payments.Instalment(7, "notification"), payments.Instalment(3, "bilan"))
payments.plan_payments(decision=first, parts=parts, base_version=first.version, by=by)
"""


def grant(live: Server, dossier: str) -> None:
    """The dossier of this address is judged, voted by each funder, notified; the Région plans its money."""
    code = GRANT.format(dossier=int(dossier.rstrip("/").rsplit("/", 1)[1]), officer=CHARGEE, juror=DELEGUE)
    live.run("shell", "-c", code)
