"""Addresses of the circuit, signatures, articles, amendments, conventions and posts.

What hangs on a contract or on a convention has the same address under both: `both`.
"""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from faubourg.contracts.views import (
    agreement_document,
    amendments,
    circuit,
    conventions,
    ends,
    handover,
    parties,
    posts,
    text,
)

C = "contrats/<str:code>/"


def both(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """The same page of a contract and of a convention: `contract_<name>`, `convention_<name>`."""
    return [
        path(f"{C}{route}", view, name=f"contract_{name}"),
        path(f"conventions/<int:convention>/{route}", view, name=f"convention_{name}"),
    ]


urlpatterns: list[URLPattern] = [
    path(f"{C}signature/", circuit.contract_circuit, name="contract_circuit"),
    path(f"{C}signature/avancer/", circuit.contract_advance, name="contract_advance"),
    path(f"{C}signature/communes/<str:insee>/", circuit.contract_commune, name="contract_commune"),
    path(f"{C}signature/etapes/<int:pk>/annuler/", circuit.contract_step_undo, name="contract_step_undo"),
    *both("parties/ajouter/", parties.party_add, "party_add"),
    *both("parties/<int:pk>/signer/", parties.party_sign, "party_sign"),
    *both("parties/<int:pk>/corriger/", parties.party_correct, "party_correct"),
    *both("parties/<int:pk>/piece/", parties.party_document, "party_document"),
    *both("texte/", text.agreement_text, "text"),
    *both("texte.pdf", agreement_document.agreement_pdf, "pdf"),
    *both("articles/ajouter/", text.article_add, "article_add"),
    *both("articles/<int:pk>/modifier/", text.article_edit, "article_edit"),
    *both("articles/<int:pk>/retirer/", text.article_remove, "article_remove"),
    *both("avenants/ajouter/", amendments.amendment_add, "amendment_add"),
    *both("avenants/<int:pk>/", amendments.amendment, "amendment"),
    *both("avenants/<int:pk>/modifier/", amendments.amendment_edit, "amendment_edit"),
    *both("avenants/<int:pk>/article/", amendments.amendment_change, "amendment_change"),
    *both("avenants/<int:pk>/signer/", amendments.amendment_sign, "amendment_sign"),
    *both("avenants/<int:pk>/abandonner/", amendments.amendment_drop, "amendment_drop"),
    *both("avenants/pont/", amendments.amendment_bridge, "bridge"),
    *both("plans/ajouter/", conventions.plan_add, "plan_add"),
    *both("plans/<int:pk>/retirer/", conventions.plan_remove, "plan_remove"),
    *both("postes/ajouter/", posts.post_add, "post_add"),
    *both("postes/<int:pk>/modifier/", posts.post_edit, "post_edit"),
    path(f"{C}conventions/", conventions.conventions, name="contract_conventions"),
    path(f"{C}conventions/ajouter/", conventions.convention_add, name="contract_convention_add"),
    path(f"{C}passation/", handover.contract_handover, name="contract_handover"),
    path(f"{C}echeances/", ends.contract_ends, name="contract_ends"),
    path("conventions/<int:convention>/", conventions.convention, name="convention"),
    path("conventions/<int:convention>/modifier/", conventions.convention_edit, name="convention_edit"),
    path("conventions/<int:convention>/etape/", conventions.convention_move, name="convention_move"),
]
