"""Addresses of the room `territories`."""

from django.urls import path, register_converter

from .converters import EditedKind
from .views import (
    edit,
    edit_adding,
    edit_neighbourhoods,
    edit_path,
    edit_perimeters,
    eligibility,
    geography,
    geography_acts,
    geography_draw,
    geography_grid,
    geography_versions,
    imports,
    lists,
    sources,
)

register_converter(EditedKind, "edited")

urlpatterns = [
    path("quartiers/", lists.neighbourhoods, name="neighbourhoods"),
    path("communes/", lists.communes, name="communes"),
    path("epci/", lists.epcis, name="epcis"),
    path("departements/", lists.departements, name="departements"),
    path("regions/", lists.regions, name="regions"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("nouveau-quartier/", edit_neighbourhoods.create, name="neighbourhood_add"),
    path("outils/eligibilite/", eligibility.eligibility, name="eligibility"),
    path("outils/audit-2024/", eligibility.audit, name="audit_2024"),
    path("geographie/<str:code>/", geography.board, name="geography"),
    path("geographie/<str:code>/contours.json", geography.contours, name="geography_contours"),
    path("geographie/<str:code>/candidats/", geography.candidates, name="geography_candidates"),
    path("geographie/<str:code>/dessiner/", geography_draw.draw, name="geography_draw"),
    path("geographie/<str:code>/grille/", geography_grid.grid, name="geography_grid"),
    path(
        "geographie/<str:code>/grille/<int:pk>/retirer/",
        geography_grid.grid_withdraw,
        name="geography_grid_withdraw",
    ),
    path("geographie/<str:code>/perimetres/<int:pk>/", geography_versions.version, name="geography_version"),
    path(
        "geographie/<str:code>/perimetres/<int:pk>/modifier/", geography_draw.redraw, name="geography_redraw"
    ),
    path("geographie/<str:code>/perimetres/<int:pk>/couper/", geography_acts.split, name="geography_split"),
    path("geographie/<str:code>/perimetres/<int:pk>/reunir/", geography_acts.merge, name="geography_merge"),
    path(
        "geographie/<str:code>/perimetres/<int:pk>/simplifier/",
        geography_acts.simplify,
        name="geography_simplify",
    ),
    path("geographie/<str:code>/perimetres/<int:pk>/retirer/", geography_acts.end, name="geography_end"),
    path("quartiers/<str:code>/parcours/", edit_path.path_page, name="neighbourhood_path"),
    path("<edited:kind>/<str:code>/modifier/", edit.sheet, name="territory_edit"),
    path(
        "<edited:kind>/<str:code>/modifier/<slug:part>/ajouter/", edit_adding.add, name="territory_part_add"
    ),
    path(
        "<edited:kind>/<str:code>/modifier/<slug:part>/<int:pk>/retirer/",
        edit_adding.withdraw,
        name="territory_part_withdraw",
    ),
    path("<edited:kind>/<str:code>/perimetres/ajouter/", edit_perimeters.upload, name="perimeter_add"),
    path(
        "<edited:kind>/<str:code>/perimetres/ajouter/<uuid:document>/",
        edit_perimeters.draw,
        name="perimeter_draw",
    ),
    path("chiffres/importer/", imports.imports, name="figures_import"),
    path("chiffres/importer/modele.<slug:fmt>", imports.model, name="figures_import_model"),
    path("chiffres/importer/<uuid:pk>/", imports.trial, name="figure_import"),
    path("chiffres/importer/<uuid:pk>/confirmer/", imports.confirm, name="figure_import_confirm"),
    path("chiffres/importer/<uuid:pk>/annuler/", imports.undo, name="figure_import_undo"),
]
