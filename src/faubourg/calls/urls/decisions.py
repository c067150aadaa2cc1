"""Addresses of the funders’ decisions and letters, of freezes and cuts."""

from django.urls import path

from ..views import cuts, decisions, letters

CALL = "appels/<slug:code>/"
LETTER = "courriers/<int:pk>/"

urlpatterns = [
    path(f"{CALL}decisions/", decisions.call_decisions, name="call_decisions"),
    path(f"{CALL}decisions/preparer/", decisions.call_decisions_open, name="call_decisions_open"),
    path(f"{CALL}decisions/voter/<int:funder>/", decisions.call_vote, name="call_vote"),
    path("aides/<int:pk>/", decisions.funder_decision, name="funder_decision"),
    path("aides/<int:pk>/faire/<slug:act>/", decisions.funder_decision_act, name="funder_decision_act"),
    path(f"{CALL}courriers/", letters.call_letters, name="call_letters"),
    path(f"{CALL}courriers/preparer/", letters.call_letters_draft, name="call_letters_draft"),
    path(f"{CALL}courriers/envoyer/", letters.call_letters_send, name="call_letters_send"),
    path("dossiers/<int:pk>/courriers/nouveau/", letters.letter_new, name="letter_new"),
    path("courriers/", letters.letters, name="letters"),
    path(LETTER, letters.letter, name="letter"),
    path(f"{LETTER}envoyer/", letters.letter_send, name="letter_send"),
    path(f"{LETTER}courrier.pdf", letters.letter_pdf, name="letter_pdf"),
    path(f"{CALL}gels/", cuts.call_cuts, name="call_cuts"),
    path("gels/<int:pk>/", cuts.cut, name="cut"),
]
