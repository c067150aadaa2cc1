"""Addresses of reports and their repair."""

from django.urls import path

from ..views import ticket_lists, tickets

AREA = "proximite/<slug:code>/"
urlpatterns = [
    path("mes-signalements/", ticket_lists.my_tickets, name="my_tickets"),
    path(f"{AREA}signalements/", ticket_lists.area_tickets, name="area_tickets"),
    path(f"{AREA}sans-responsable/", ticket_lists.area_unowned, name="area_unowned"),
    path(f"{AREA}semaine/", ticket_lists.area_week, name="area_week"),
    path("signalements/<str:reference>/", tickets.ticket, name="ticket"),
    path("signalements/<str:reference>/verifier/", tickets.ticket_check, name="ticket_check"),
    path(
        "signalements/<str:reference>/partenaires/<int:pk>/fait/",
        tickets.ticket_share_done,
        name="ticket_share_done",
    ),
    path("signalements/<str:reference>/<slug:act>/", tickets.ticket_act, name="ticket_act"),
]
