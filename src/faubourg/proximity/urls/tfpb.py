"""Addresses of TFPB conventions."""

from django.urls import URLPattern, path

from ..views import tfpb, tfpb_lists, tfpb_plan, tfpb_year

AREA = "proximite/<slug:code>/"
ONE = "tfpb/<int:pk>/"
YEAR = f"{ONE}annees/<int:year>/"
urlpatterns: list[URLPattern] = [
    path(f"{AREA}conventions/tfpb/", tfpb.tfpb_new, name="tfpb_new"),
    path(f"{AREA}tfpb/", tfpb_lists.area_tfpb, name="area_tfpb"),
    path(f"{AREA}tfpb/actions/", tfpb_lists.area_tfpb_lines, name="area_tfpb_lines"),
    path("tfpb/actions/<int:pk>/", tfpb_plan.tfpb_action, name="tfpb_action"),
    path("tfpb/actions/<int:pk>/retirer/", tfpb_plan.tfpb_action_remove, name="tfpb_action_remove"),
    path("tfpb/lignes/<int:pk>/", tfpb_plan.tfpb_line, name="tfpb_line"),
    path("tfpb/lignes/<int:pk>/preuves/", tfpb_plan.tfpb_proof_add, name="tfpb_proof_add"),
    path("tfpb/preuves/<int:pk>/", tfpb_plan.tfpb_proof, name="tfpb_proof"),
    path("tfpb/preuves/<int:pk>/retirer/", tfpb_plan.tfpb_proof_remove, name="tfpb_proof_remove"),
    path(ONE, tfpb.tfpb, name="tfpb"),
    path(f"{ONE}actions/nouvelle/", tfpb_plan.tfpb_action_new, name="tfpb_action_new"),
    path(f"{ONE}signatures/", tfpb.tfpb_signatures, name="tfpb_signatures"),
    path(YEAR, tfpb_year.tfpb_year, name="tfpb_year"),
    path(f"{YEAR}bilan.pdf", tfpb_year.tfpb_year_pdf, name="tfpb_year_pdf"),
    path(f"{YEAR}chiffres/", tfpb_year.tfpb_year_edit, name="tfpb_year_edit"),
    path(f"{YEAR}delai/", tfpb_year.tfpb_delay, name="tfpb_delay"),
    path(f"{YEAR}remettre/", tfpb_year.tfpb_hand_in, name="tfpb_hand_in"),
    path(f"{YEAR}visite/", tfpb_year.tfpb_visit, name="tfpb_visit"),
    path(f"{YEAR}signer/<slug:side>/", tfpb_year.tfpb_sign, name="tfpb_sign"),
    path(f"{YEAR}signaler/", tfpb_year.tfpb_flag, name="tfpb_flag"),
    path(f"{ONE}<slug:act>/", tfpb.tfpb_act, name="tfpb_act"),
]
