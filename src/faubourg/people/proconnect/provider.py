"""What ProConnect tells about a person, in allauth's terms."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from django.http import HttpRequest, HttpResponse

from .views import ProConnectAdapter


class ProConnectAccount(ProviderAccount):
    """A linked ProConnect account, shown by its e-mail."""

    def to_str(self) -> str:
        return str(self.account.extra_data.get("email") or super().to_str())


class ProConnectProvider(OAuth2Provider):
    """`uid` is the issuer's `sub`; name, e-mail and SIRET come from the signed userinfo."""

    id = "proconnect"
    name = "ProConnect"
    account_class = ProConnectAccount
    oauth2_adapter_class = ProConnectAdapter
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        return ["openid", "given_name", "usual_name", "email", "siret"]

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Sends to ProConnect with a nonce of this request, kept beside the state in the session."""
        nonce = secrets.token_urlsafe(24)
        params = {"nonce": nonce, "acr_values": " ".join(self.app.settings.get("acr_values", []))}
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), **params}
        # Scopes asked for in the address are not followed: nobody widens what we learn about a person.
        kwargs["scope"] = self.get_scope()
        return super().redirect(request, process, next_url=next_url, data=data, nonce=nonce, **kwargs)

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """The least that is useful: who, from which organisation, through which identity provider."""
        return {name: data[name] for name in ("sub", "email", "siret", "idp_id") if name in data}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        names = (data.get("given_name"), data.get("usual_name") or data.get("family_name"))
        return {"email": data.get("email"), "name": " ".join(str(name) for name in names if name)}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        email = data.get("email")
        if not email:
            return []
        # An address that ProConnect does not vouch for is verified by a letter, as at sign-up.
        return [EmailAddress(email=email, verified=data.get("email_verified") is True, primary=True)]


provider_classes = [ProConnectProvider]
