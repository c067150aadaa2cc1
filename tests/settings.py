"""Settings of the tests: the product's own, with what a test must not wait for or leave behind."""

import os
from pathlib import Path

# Playwright keeps an event loop in the thread of the test; the tests' own queries there are plain ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ.setdefault("FAUBOURG_HOME", str(Path(__file__).resolve().parent.parent / "var" / "test"))

from faubourg.site.settings import *  # noqa: F403

# Argon2 is slow on purpose; one test checks that the product itself uses it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Threads of a test open and close their own connections; the pool is exercised by the live journey.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)  # noqa: F405
