"""Addresses of the areas of proximity and what they are set with."""

from django.urls import path

from ..views import areas, categories, land_import, lands, partners, routes, spots

SET = "proximite/<slug:code>/reglages/"
urlpatterns = [
    path("proximite/", areas.areas, name="areas"),
    path("proximite/nouveau/", areas.area_new, name="area_new"),
    path("proximite/<slug:code>/", areas.area, name="area"),
    path(SET, areas.area_settings, name="area_settings"),
    path(f"{SET}general/", areas.area_edit, name="area_edit"),
    path(f"{SET}verifier/", areas.area_check, name="area_check"),
    path(f"{SET}categories/", categories.area_categories, name="area_categories"),
    path(f"{SET}categories/nouvelle/", categories.area_category, name="area_category_new"),
    path(f"{SET}categories/<int:pk>/", categories.area_category, name="area_category"),
    path(f"{SET}traductions/<slug:language>/", categories.area_translations, name="area_translations"),
    path(
        f"{SET}traductions/<slug:language>/valider/",
        categories.area_translations_validate,
        name="area_translations_validate",
    ),
    path(f"{SET}partenaires/", partners.area_partners, name="area_partners"),
    path(f"{SET}partenaires/nouveau/", partners.area_partner, name="area_partner_new"),
    path(f"{SET}partenaires/<int:pk>/", partners.area_partner, name="area_partner"),
    path(f"{SET}partenaires/<int:pk>/referents/", partners.area_referent_new, name="area_referent_new"),
    path(f"{SET}referents/<int:pk>/fin/", partners.area_referent_end, name="area_referent_end"),
    path(f"{SET}taches/", partners.area_seats, name="area_seats"),
    path(f"{SET}taches/<int:pk>/fin/", partners.area_seat_end, name="area_seat_end"),
    path(f"{SET}sols/", lands.area_lands, name="area_lands"),
    path(f"{SET}sols.json", lands.area_lands_map, name="area_lands_map"),
    path(f"{SET}sols/nouveau/", lands.area_land, name="area_land_new"),
    path(f"{SET}sols/importer/", land_import.area_land_import, name="area_land_import"),
    path(f"{SET}sols/importer/ecrire/", land_import.area_land_write, name="area_land_write"),
    path(f"{SET}sols/<int:pk>/", lands.area_land, name="area_land"),
    path(f"{SET}sols/<int:pk>/fin/", lands.area_land_end, name="area_land_end"),
    path(f"{SET}attribution/", routes.area_routes, name="area_routes"),
    path(f"{SET}attribution/nouvelle/", routes.area_route, name="area_route_new"),
    path(f"{SET}attribution/<int:pk>/", routes.area_route, name="area_route"),
    path(f"{SET}attribution/<int:pk>/<slug:act>/", routes.area_route_act, name="area_route_act"),
    path(f"{SET}points/", spots.area_spots, name="area_spots"),
    path(f"{SET}points/nouveau/", spots.area_spot, name="area_spot_new"),
    path(f"{SET}points/imprimer/", spots.area_spots_print, name="area_spots_print"),
    path(f"{SET}points/<int:pk>/", spots.area_spot, name="area_spot"),
]
