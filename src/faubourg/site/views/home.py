"""The first page: search first, the map beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """`/`"""
    return render(request, "site/home.html")
