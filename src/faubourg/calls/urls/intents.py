"""Addresses of the summary sheets and prior contacts."""

from django.urls import URLPattern, path

from ..views import intent_opinions, intent_receipt, intents

urlpatterns: list[URLPattern] = [
    path("appels/<str:code>/fiches/", intent_opinions.call_intents, name="call_intents"),
    path("appels/<str:code>/fiches/nouvelle/", intents.intent_new, name="intent_new"),
    path("fiches/<int:pk>/", intents.intent_page, name="intent"),
    path("fiches/<int:pk>/ecrire/", intents.intent_write, name="intent_write"),
    path("fiches/<int:pk>/deposer/", intents.intent_submit, name="intent_submit"),
    path("fiches/<int:pk>/recepisse.pdf", intent_receipt.intent_receipt, name="intent_receipt"),
    path("fiches/<int:pk>/dossier/", intents.intent_convert, name="intent_convert"),
    path("fiches/<int:pk>/avis/", intent_opinions.intent_opinion, name="intent_opinion"),
    path("fiches/<int:pk>/avis/revoir/", intent_opinions.intent_revise, name="intent_revise"),
    path("fiches/<int:pk>/contacts/noter/", intent_opinions.contact_new, name="contact_new"),
    path(
        "fiches/<int:pk>/contacts/<int:contact>/retirer/",
        intent_opinions.contact_remove,
        name="contact_remove",
    ),
]
