"""Addresses of the room `calls`, a module an idea."""

from . import (
    applicants,
    applications,
    calls,
    decisions,
    examination,
    exchange,
    funds,
    intents,
    juries,
    payments,
    public,
    reports,
    rules,
)

# What names a word (`/appels/nouveau/`) comes before what names a code (`/appels/<code>/`).
urlpatterns = [
    *rules.urlpatterns,
    *exchange.urlpatterns,
    *funds.urlpatterns,
    *applicants.urlpatterns,
    *intents.urlpatterns,
    *applications.urlpatterns,
    *examination.urlpatterns,
    *juries.urlpatterns,
    *decisions.urlpatterns,
    *payments.urlpatterns,
    *reports.urlpatterns,
    *calls.urlpatterns,
    *public.urlpatterns,
]
