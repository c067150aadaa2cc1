"""Addresses of a dossier, as its applicant writes it."""

from django.urls import path

from ..views import dossier_check, dossier_papers, dossier_receipt, dossier_steps, my_applications

DOSSIER = "dossiers/<int:pk>/"

urlpatterns = [
    path("mes-dossiers/", my_applications.my_applications, name="my_applications"),
    path("appels/<slug:code>/deposer/", my_applications.application_new, name="application_new"),
    path(f"{DOSSIER}ecrire/", dossier_steps.application_write, name="application_write"),
    path(f"{DOSSIER}ecrire/<slug:slug>/", dossier_steps.application_step, name="application_step"),
    path(f"{DOSSIER}solde/<slug:slug>/", dossier_steps.application_balance, name="application_balance"),
    path(f"{DOSSIER}contacts/", dossier_steps.application_contact, name="application_contact"),
    path(f"{DOSSIER}pieces/ajouter/", dossier_papers.application_piece_add, name="application_piece_add"),
    path(f"{DOSSIER}pieces/<int:piece>/", dossier_papers.application_piece, name="application_piece"),
    path(
        f"{DOSSIER}pieces/<int:piece>/retirer/",
        dossier_papers.application_piece_remove,
        name="application_piece_remove",
    ),
    path(f"{DOSSIER}pieces/repondre/", dossier_papers.answer_pieces, name="answer_pieces"),
    path(f"{DOSSIER}deposer/", dossier_check.application_submit, name="application_submit"),
    path(f"{DOSSIER}prevenir/", dossier_check.application_ask_signature, name="application_ask_signature"),
    path(f"{DOSSIER}retirer/", my_applications.application_withdraw, name="application_withdraw"),
    path(f"{DOSSIER}recepisse/", dossier_receipt.application_receipt, name="application_receipt"),
    path(f"{DOSSIER}recepisse.pdf", dossier_receipt.application_receipt_pdf, name="application_receipt_pdf"),
]
