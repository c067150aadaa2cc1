"""Addresses of the room `people`."""

from django.urls import path

from .views import account, organisations, roles

urlpatterns = [
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/nouvelle/", organisations.create, name="organisation_create"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/modifier/", organisations.edit, name="organisation_edit"),
    path("organisations/<int:pk>/membres/ajouter/", organisations.add_member, name="membership_add"),
    path("appartenances/<int:pk>/terminer/", organisations.end_membership, name="membership_end"),
    path("roles/", roles.role_list, name="roles"),
    path("roles/accorder/", roles.grant, name="role_grant"),
    path("roles/<int:pk>/terminer/", roles.end, name="role_end"),
    path("compte/mes-donnees/", account.my_data, name="my_data"),
    path("compte/mes-donnees/export/", account.export, name="my_data_export"),
    path("compte/mes-donnees/nom/", account.rename, name="my_name"),
    path("compte/mes-donnees/fermer/", account.close, name="account_close"),
]
