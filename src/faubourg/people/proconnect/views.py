"""The two addresses of a ProConnect sign-in: going there and coming back."""

import logging
from collections.abc import Callable
from functools import cached_property
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from . import tokens

logger = logging.getLogger(__name__)


class ProConnectAdapter(OAuth2Adapter):
    """Discovers the issuer's addresses and reads its signed answers."""

    provider_id = "proconnect"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.expected_nonce: str | None = None

    @cached_property
    def _issuer(self) -> str:
        return str(self.get_provider().app.settings["issuer"]).rstrip("/")

    @cached_property
    def _configuration(self) -> dict[str, Any]:
        found = self._get_json(f"{self._issuer}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self._issuer:
            raise OAuth2Error("the configuration names another issuer")
        return found

    @property
    def access_token_url(self) -> str:
        return str(self._configuration["token_endpoint"])

    @property
    def authorize_url(self) -> str:
        return str(self._configuration["authorization_endpoint"])

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Believe the ID token, then the userinfo signed by the same issuer about the same person."""
        try:
            common = {
                "keys": self._get_json(self._configuration["jwks_uri"]),
                "issuer": self._configuration["issuer"],
                "audience": app.client_id,
            }
            id_claims = tokens.read(
                str(kwargs["response"].get("id_token", "")), require=("exp", "iat"), **common
            )
            tokens.check_answers(
                id_claims, nonce=self.expected_nonce, acr_values=app.settings.get("acr_values", [])
            )
            userinfo = tokens.read(self._get_userinfo(token.token), **common)
            tokens.check_same_person(id_claims, userinfo)
        except tokens.UntrustedTokenError as error:
            raise OAuth2Error(str(error)) from error
        return self.get_provider().sociallogin_from_response(request, userinfo)

    def _get_userinfo(self, access_token: str) -> str:
        with get_adapter().get_requests_session() as session:
            response = session.get(
                self._configuration["userinfo_endpoint"],
                headers={"Authorization": f"Bearer {access_token}", "Accept": "application/jwt"},
            )
            response.raise_for_status()
        return str(response.text).strip()

    @staticmethod
    def _get_json(url: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(url)
            response.raise_for_status()
            found: dict[str, Any] = response.json()
        return found


class ProConnectCallbackView(OAuth2CallbackView):
    """Comes back with the nonce that this session sent."""

    adapter: ProConnectAdapter

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, HttpResponse | None]:
        state, response = super()._get_state(request, provider)
        self.adapter.expected_nonce = (state or {}).get("nonce")
        return state, response


_login = OAuth2LoginView.adapter_view(ProConnectAdapter)
_callback = ProConnectCallbackView.adapter_view(ProConnectAdapter)


def login(request: HttpRequest) -> HttpResponse:
    """Asks to confirm (GET) or goes to ProConnect (POST); 404 while ProConnect is not set up."""
    return _answered(_login, request)


def callback(request: HttpRequest) -> HttpResponse:
    """Back from ProConnect."""
    return _answered(_callback, request)


def _answered(view: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    """An issuer that is down or speaks nonsense gets the page of failed sign-ins, not a server error."""
    try:
        return view(request)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    except (OAuth2Error, RequestException, KeyError, ValueError) as error:
        logger.warning("ProConnect did not answer as it should: %s", error)
        provider = ProConnectAdapter(request).get_provider()
        return render_authentication_error(request, provider, exception=error)
