"""The pages of the example area that the walk of living pages visits, and what their addresses hold."""

KEYS = """
from faubourg.proximity import models as p
area = p.Area.objects.get(code="clermont-ferrand")
held = area.walks.get(state="restored")
agreement = p.TfpbAgreement.objects.get(area=area)
year = agreement.years.earliest("year")
told = {
    "area": area.code, "held": held.pk, "coming": area.walks.get(state="confirmed").pk,
    "seen": held.observations.first().pk, "gup": area.gup_conventions.get().pk,
    "review": p.GupReview.objects.get().pk, "tfpb": agreement.pk, "tfpb_year": year.year,
    "line": year.lines.first().pk, "partner": area.partners.first().pk,
    "own": area.tickets.filter(state="declared_done").first().key,
    **{state: area.tickets.filter(state=state).first().reference
       for state in ("new", "assigned", "unowned", "closed", "declared_done")},
}
"""
HERE = "/proximite/{area}/"
TEAM = f"""
{HERE} {HERE}signalements/ {HERE}sans-responsable/ {HERE}semaine/ {HERE}photos/ {HERE}courriers/
{HERE}saisir/ {HERE}marches/ {HERE}conventions/ {HERE}taches-confiees/ {HERE}tfpb/ {HERE}tfpb/actions/
{HERE}reglages/ {HERE}reglages/verifier/ {HERE}reglages/attribution/ {HERE}reglages/partenaires/
{HERE}reglages/partenaires/{{partner}}/ {HERE}reglages/points/ {HERE}grilles/
/signalements/{{new}}/ /signalements/{{assigned}}/ /signalements/{{unowned}}/
/marches/{{held}}/ /marches/{{coming}}/ /marches/{{coming}}/itineraire/ /marches/{{held}}/observations/
/marches/{{held}}/relecture/ /marches/observations/{{seen}}/ /marches/{{held}}/carnet/
/gup/{{gup}}/ /gup/bilans/{{review}}/ /tfpb/{{tfpb}}/ /tfpb/{{tfpb}}/annees/{{tfpb_year}}/
"""
LANDLORD = "/mes-signalements/ /tfpb/{tfpb}/ /tfpb/lignes/{line}/ /carnet/"
PUBLIC = f"""
{HERE} {HERE}carte/ {HERE}avant-apres/ {HERE}chiffres/ {HERE}alertes/ {HERE}marches/ {HERE}conventions/
/signalements/{{closed}}/ /signalements/{{declared_done}}/ /marches/{{held}}/restitution/
/gup/{{gup}}/ /gup/bilans/{{review}}/ /tfpb/{{tfpb}}/ /s/{{own}}/ /signaler/{{area}}/
/carte/?centre=63113&signalements=1
"""
