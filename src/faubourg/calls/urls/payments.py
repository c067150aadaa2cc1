"""Addresses of agreements and payments."""

from django.urls import path

from ..views import grant_agreements, payments

CALL = "appels/<slug:code>/"
ACT = "actes/<int:pk>/"

urlpatterns = [
    path(f"{CALL}conventions/", grant_agreements.call_agreements, name="call_agreements"),
    path(
        f"{CALL}conventions/<int:funder>/<int:organisation>/",
        grant_agreements.agreement_new,
        name="agreement_new",
    ),
    path(ACT, grant_agreements.grant_agreement, name="grant_agreement"),
    path(f"{ACT}modifier/", grant_agreements.agreement_revise, name="agreement_revise"),
    path(f"{ACT}signer/<slug:side>/", grant_agreements.agreement_sign, name="agreement_sign"),
    path(f"{ACT}acte.pdf", grant_agreements.agreement_file, name="agreement_file"),
    path(f"{CALL}versements/", payments.call_payments, name="call_payments"),
    path("aides/<int:pk>/echeancier/", payments.decision_schedule, name="decision_schedule"),
    path("versements/<int:pk>/<slug:act>/", payments.payment_act, name="payment_act"),
    path("dossiers/<int:pk>/argent/", payments.application_money, name="application_money"),
]
