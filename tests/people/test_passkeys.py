"""A passkey, in a real browser with a virtual authenticator, under the product's own content policy."""

import os

import pytest
from allauth.mfa.models import Authenticator

from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "rue-des-Lilas-42"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def authenticator(context, page):
    """A key inside the device that verifies its user, as a telephone does."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_then_signs_in_without_password(live_server, page, authenticator):
    page.set_default_timeout(10_000)
    PersonFactory(email="zoe@exemple.fr", password=PASSWORD)
    # A passkey belongs to a name: browsers refuse it to a bare address.
    base = live_server.url.replace("127.0.0.1", "localhost")
    blocked = []
    page.on(
        "console", lambda line: blocked.append(line.text) if "Content Security Policy" in line.text else None
    )
    page.goto(f"{base}/compte/login/")
    page.locator("input[name=login]").fill("zoe@exemple.fr")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form.form button[type=submit]:not(#passkey_login)").click()
    page.wait_for_url(f"{base}/")
    page.goto(f"{base}/compte/2fa/webauthn/add/")
    # Adding a way in asks for the password again.
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form.form button[type=submit]").first.click()
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.context.clear_cookies()
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1
    page.goto(f"{base}/compte/login/?next=/organisations/")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"{base}/organisations/")
    assert page.locator("form[action='/compte/logout/']").count() == 1
    assert blocked == []
