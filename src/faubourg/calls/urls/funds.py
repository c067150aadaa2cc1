"""Addresses of the residents’ funds."""

from django.urls import path

from ..views import committees, funds, microprojects

OWN = "fonds/demande/<str:key>/"
urlpatterns = [
    path("fonds/", funds.resident_funds, name="resident_funds"),
    path("fonds/nouveau/", funds.resident_fund_new, name="resident_fund_new"),
    path(OWN, microprojects.microproject_own, name="microproject_own"),
    path(f"{OWN}justificatif/", microprojects.microproject_receipt, name="microproject_receipt"),
    path(f"{OWN}remettre/", microprojects.microproject_hand_in, name="microproject_hand_in"),
    path(f"{OWN}retirer/", microprojects.microproject_withdraw, name="microproject_withdraw"),
    path("fonds/demandes/<int:pk>/", microprojects.microproject, name="microproject"),
    path("fonds/demandes/<int:pk>/<slug:act>/", microprojects.microproject_act, name="microproject_act"),
    path("fonds/justificatifs/<int:pk>/", microprojects.fund_receipt, name="fund_receipt"),
    path(
        "fonds/justificatifs/<int:pk>/verifier/", microprojects.fund_receipt_check, name="fund_receipt_check"
    ),
    path("fonds/comites/<int:pk>/", committees.committee, name="committee"),
    path("fonds/comites/<int:pk>/clore/", committees.committee_close, name="committee_close"),
    path("fonds/<slug:code>/", funds.resident_fund, name="resident_fund"),
    path("fonds/<slug:code>/modifier/", funds.resident_fund_edit, name="resident_fund_edit"),
    path("fonds/<slug:code>/demander/", microprojects.microproject_ask, name="microproject_ask"),
    path("fonds/<slug:code>/demandes/", funds.fund_requests, name="fund_requests"),
    path("fonds/<slug:code>/comite/", committees.committee_new, name="committee_new"),
    path("fonds/<slug:code>/membres/", funds.fund_members, name="fund_members"),
    path("fonds/<slug:code>/membres/<int:pk>/fin/", funds.fund_member_end, name="fund_member_end"),
]
