"""Addresses of ProConnect; allauth hangs them under /compte/."""

from django.urls import path

from . import views

urlpatterns = [
    path("proconnect/login/", views.login, name="proconnect_login"),
    path("proconnect/login/callback/", views.callback, name="proconnect_callback"),
]
