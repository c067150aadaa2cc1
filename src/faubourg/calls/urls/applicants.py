"""Addresses of an organisation that applies: its people, its charter, its vault."""

from django.urls import URLPattern, path

from ..views import applicant_papers, applicant_people, applicant_sheet, applicants

urlpatterns: list[URLPattern] = [
    path("porteurs/", applicants.applicants, name="applicants"),
    path("porteurs/nouveau/", applicants.applicant_new, name="applicant_new"),
    path("porteurs/roles/<int:pk>/terminer/", applicant_people.applicant_role_end, name="applicant_role_end"),
    path("porteurs/invitations/<int:pk>/accepter/", applicant_people.invitation_take, name="invitation_take"),
    path(
        "porteurs/invitations/<int:pk>/retirer/",
        applicant_people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(
        "porteurs/demandes/<int:pk>/repondre/",
        applicant_people.role_request_answer,
        name="role_request_answer",
    ),
    path("porteurs/pieces/<int:pk>/", applicant_papers.vault_piece, name="vault_piece"),
    path("porteurs/pieces/<int:pk>/retirer/", applicant_papers.vault_remove, name="vault_remove"),
    path("porteurs/<int:pk>/", applicant_sheet.applicant, name="applicant"),
    path("porteurs/<int:pk>/modifier/", applicant_sheet.applicant_edit, name="applicant_edit"),
    path("porteurs/<int:pk>/rejoindre/", applicants.applicant_join, name="applicant_join"),
    path("porteurs/<int:pk>/equipe/", applicant_people.applicant_people, name="applicant_people"),
    path("porteurs/<int:pk>/equipe/inviter/", applicant_people.applicant_invite, name="applicant_invite"),
    path(
        "porteurs/<int:pk>/equipe/signature/",
        applicant_people.applicant_hand_over,
        name="applicant_hand_over",
    ),
    path("porteurs/<int:pk>/engagement/", applicant_papers.applicant_charter, name="applicant_charter"),
    path("porteurs/<int:pk>/engagement/retirer/", applicant_papers.charter_withdraw, name="charter_withdraw"),
    path("porteurs/<int:pk>/coffre/", applicant_papers.applicant_vault, name="applicant_vault"),
]
