"""Addresses of walks."""

from django.urls import path

from ..views import (
    grids,
    walk_after,
    walk_guests,
    walk_notes,
    walk_papers,
    walk_proposals,
    walk_routes,
    walks,
)

OF = "marches/<int:pk>/"
SEEN = "marches/observations/<int:pk>/"
ASKED = "marches/propositions/<int:pk>/"
KEY = "marches/invitation/<str:key>/"
urlpatterns = [
    path("proximite/grilles/<int:pk>/", grids.grid_edit, name="grid_edit"),
    path("proximite/<slug:code>/grilles/", grids.area_grids, name="area_grids"),
    path("proximite/<slug:code>/grilles/<int:pk>/copier/", grids.grid_copy, name="grid_copy"),
    path("proximite/<slug:code>/marches/", walks.area_walks, name="area_walks"),
    path("proximite/<slug:code>/marches/nouvelle/", walks.walk_new, name="walk_new"),
    path(KEY, walk_guests.walk_invitation, name="walk_invitation"),
    path(f"{KEY}itineraire.pdf", walk_guests.walk_invitation_paper, name="walk_invitation_paper"),
    path(SEEN, walk_notes.observation, name="observation"),
    path(f"{SEEN}modifier/", walk_notes.observation_edit, name="observation_edit"),
    path(f"{SEEN}separer/", walk_notes.observation_unmerge, name="observation_unmerge"),
    path(f"{SEEN}signaler/", walk_after.observation_ticket, name="observation_ticket"),
    path(f"{SEEN}photo/", walk_notes.observation_photo, name="observation_photo"),
    path(f"{SEEN}suite/", walk_after.observation_outcome, name="observation_outcome"),
    path("marches/invites/<int:pk>/retirer/", walk_guests.walk_guest_remove, name="walk_guest_remove"),
    path(f"{ASKED}modifier/", walk_proposals.proposal_edit, name="proposal_edit"),
    path(f"{ASKED}<slug:act>/", walk_proposals.proposal_act, name="proposal_act"),
    path(OF, walks.walk, name="walk"),
    path(f"{OF}modifier/", walks.walk_edit, name="walk_edit"),
    path(f"{OF}itineraire/", walk_routes.walk_route, name="walk_route"),
    path(f"{OF}itineraire.pdf", walk_papers.walk_paper, name="walk_paper"),
    path(f"{OF}invites/", walk_guests.walk_guests, name="walk_guests"),
    path(f"{OF}invites/notes/", walk_guests.walk_note_takers, name="walk_note_takers"),
    path(f"{OF}invites/envoyer/", walk_guests.walk_invite, name="walk_invite"),
    path(f"{OF}realisee/", walks.walk_hold, name="walk_hold"),
    path(f"{OF}observations/", walk_notes.walk_observations, name="walk_observations"),
    path(f"{OF}observations/nouvelle/", walk_notes.observation_new, name="observation_new"),
    path(f"{OF}rapprocher/", walk_notes.walk_alike, name="walk_alike"),
    path(f"{OF}compte-rendu/", walk_after.walk_minutes_edit, name="walk_minutes"),
    path(f"{OF}relecture/", walk_after.walk_rereading, name="walk_rereading"),
    path(f"{OF}signalements/", walk_after.walk_tickets, name="walk_tickets"),
    path(f"{OF}propositions/nouvelle/", walk_proposals.proposal_new, name="proposal_new"),
    path(f"{OF}restitution/", walk_papers.walk_public, name="walk_public"),
    path(f"{OF}restitution.pdf", walk_papers.walk_public_paper, name="walk_public_paper"),
    path(f"{OF}bilan/", walk_after.walk_review, name="walk_review"),
    path(f"{OF}<slug:act>/", walks.walk_act, name="walk_act"),
]
