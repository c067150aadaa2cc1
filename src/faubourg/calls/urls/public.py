"""Public addresses: the funded projects."""

from django.urls import path

from ..views import hive_map, projects

urlpatterns = [
    path("ruche/", projects.projects, name="projects"),
    path("ruche/carte/", hive_map.projects_map, name="projects_map"),
    path("ruche/carte/donnees/", hive_map.projects_map_data, name="projects_map_data"),
    path("ruche/<int:pk>/", projects.project, name="project"),
    path("ruche/<int:pk>/photos/<int:photo>/", projects.project_photo, name="project_photo"),
]
