"""Addresses of the making of a contract: its birth, phases, milestones, deliverables."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from faubourg.contracts.views import calendar, calendar_edit, creation


class StepKind(StringConverter):
    """What a calendar is made of, as addresses say it."""

    regex = "phases|jalons|livrables"


register_converter(StepKind, "step_kind")

HERE = "contrats/<str:code>/calendrier/"
OWED = "contrats/<str:code>/livrables/"
urlpatterns = [
    path("contrats/nouveau/", creation.contract_new, name="contract_new"),
    path("contrats/<str:code>/ouvrir/", creation.contract_open, name="contract_open"),
    path(HERE, calendar.contract_calendar, name="contract_schedule"),
    path(f"{HERE}dates/", calendar_edit.contract_dates, name="contract_dates"),
    path(
        f"{HERE}<step_kind:kind>/ajouter/", calendar_edit.contract_calendar_add, name="contract_calendar_add"
    ),
    path(
        f"{HERE}<step_kind:kind>/<int:pk>/",
        calendar_edit.contract_calendar_edit,
        name="contract_calendar_edit",
    ),
    path(
        f"{HERE}<step_kind:kind>/<int:pk>/supprimer/",
        calendar_edit.contract_calendar_remove,
        name="contract_calendar_remove",
    ),
    path(OWED, calendar.contract_deliverables, name="contract_deliverables"),
    path(f"{OWED}<int:pk>/", calendar.contract_deliverable, name="contract_deliverable"),
    path(f"{OWED}<int:pk>/remettre/", calendar.deliver, name="deliverable_deliver"),
    path(f"{OWED}<int:pk>/valider/", calendar.validate, name="deliverable_validate"),
    path(f"{OWED}<int:pk>/rendre/", calendar.give_back, name="deliverable_give_back"),
    path(f"{OWED}<int:pk>/document/", calendar.deliverable_document, name="deliverable_document"),
]
