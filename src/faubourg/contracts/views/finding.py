"""Which contract an address means."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from faubourg.contracts.models import Contract
from faubourg.contracts.queries import contract_by_code


def asked_contract(request: HttpRequest, code: str) -> Contract:
    """The contract of this code and of the generation that `?generation=` names; 404 that helps otherwise."""
    generation = request.GET.get("generation", "")
    contract = contract_by_code(code.upper(), generation)
    if contract is not None:
        return contract
    if generation and contract_by_code(code.upper()):
        raise Http404(
            _("Le contrat %(code)s n’existe pas dans la génération %(generation)s.")
            % {"code": code[:20], "generation": generation[:20]}
        )
    raise Http404(_("Aucun contrat de ville ne porte le code %(code)s.") % {"code": code[:20]})


def tidy_address(request: HttpRequest, code: str) -> HttpResponse | None:
    """A code typed in lower case leads to the one address of the contract."""
    tidy = code.upper()
    asked = request.resolver_match
    if code == tidy or asked is None or contract_by_code(tidy) is None:
        return None
    query = request.META.get("QUERY_STRING", "")
    captured = asked.captured_kwargs  # type: ignore[attr-defined]  # unknown to the stubs
    address = reverse(asked.view_name, kwargs=captured | {"code": tidy})
    return redirect(f"{address}?{query}" if query else address, permanent=True)
