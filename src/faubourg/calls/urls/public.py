"""Public addresses: the funded projects."""

from django.urls import path

from ..views import projects

urlpatterns = [
    path("ruche/", projects.projects, name="projects"),
    path("ruche/<int:pk>/", projects.project, name="project"),
    path("ruche/<int:pk>/photos/<int:photo>/", projects.project_photo, name="project_photo"),
]
