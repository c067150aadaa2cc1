"""Settings of an installation. Every one that differs between two machines comes from the environment.

`FAUBOURG_HOME` is where an installation keeps what it owns (database, uploads, journal anchor, keys).
"""

import secrets
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent
_default_home = CHECKOUT / "var" if (CHECKOUT / "pyproject.toml").exists() else Path.home() / ".faubourg"
HOME = Path(env.str("FAUBOURG_HOME", default=str(_default_home)))
HOME.mkdir(parents=True, exist_ok=True)


def _kept_secret(name: str) -> str:
    """A secret made once and kept beside the database, so that nothing has to be configured first."""
    path = HOME / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


DEBUG = env.bool("FAUBOURG_DEBUG", default=False)
SECRET_KEY = env.str("FAUBOURG_SECRET_KEY", default="") or _kept_secret("secret.key")
# The journal's own key: whoever holds the database alone cannot forge a row (docs/adr/0004).
JOURNAL_KEY = env.str("FAUBOURG_JOURNAL_KEY", default="") or _kept_secret("journal.key")
JOURNAL_ANCHOR = Path(env.str("FAUBOURG_JOURNAL_ANCHOR", default=str(HOME / "journal.anchor")))
ALLOWED_HOSTS = env.list("FAUBOURG_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("FAUBOURG_ORIGINS", default=[])
# True in `make demo`: shows the demo accounts on the sign-in page.
DEMO = env.bool("FAUBOURG_DEMO", default=False)

INSTALLED_APPS = [
    "faubourg.site",
    "faubourg.evaluation",
    "faubourg.calls",
    "faubourg.proximity",
    "faubourg.contracts",
    "faubourg.territories",
    "faubourg.people",
    "faubourg.people.proconnect",
    "faubourg.base",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "faubourg.site.middleware.ExplainRefusedMethod",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "faubourg.site.middleware.ReadableText",
    "allauth.account.middleware.AccountMiddleware",
    "faubourg.people.session.SignInMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "faubourg.site.urls"
WSGI_APPLICATION = "faubourg.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "faubourg.site.context.chrome",
            ],
        },
    },
]
FORM_RENDERER = "faubourg.site.forms.FormRenderer"

# SQLite out of the box; these pragmas gave no error in thousands of concurrent writes (docs/adr/0003).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
        "PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
    ),
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{HOME / 'faubourg.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].update(OPTIONS=SQLITE_OPTIONS, CONN_MAX_AGE=None)
    # A file, not memory: browser journeys and concurrent writers need several connections.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
else:
    # What the address itself asks for (a socket's folder, sslmode) is kept beside the pool.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 20}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    if env.bool("FAUBOURG_PGBOUNCER", default=False):
        DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
        DATABASES["default"]["OPTIONS"]["prepare_threshold"] = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "faubourg.people.signin.PersonBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = env.int("FAUBOURG_SESSION_HOURS", default=336) * 3600
# How many reverse proxies of ours write X-Forwarded-For; 0 believes nobody but the connection itself.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("FAUBOURG_PROXIES", default=0)

ACCOUNT_ADAPTER = "faubourg.people.signin.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "faubourg.people.forms.SignupNameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Faubourg] "
# Wrong passwords are axes' business: it keeps count in the database, for every worker alike.
ACCOUNT_RATE_LIMITS = {"login_failed": ""}
SOCIALACCOUNT_ADAPTER = "faubourg.people.signin.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Faubourg"
MFA_TOTP_TOLERANCE = 1

AXES_FAILURE_LIMIT = env.int("FAUBOURG_SIGN_IN_TRIES", default=5)
AXES_COOLOFF_TIME = timedelta(minutes=env.int("FAUBOURG_SIGN_IN_PAUSE_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Trying again while locked out does not lengthen the wait that the page announces.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "faubourg.people.lockout.email_of"
AXES_CLIENT_IP_CALLABLE = "faubourg.people.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "faubourg.people.lockout.locked_out"

# ProConnect stands on the sign-in page once its three values are known (docs of ProConnect, « fournisseur
# de service »): the issuer without its /.well-known part, the client's identifier and its secret.
PROCONNECT_ISSUER = env.str("FAUBOURG_PROCONNECT_ISSUER", default="").rstrip("/")
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if PROCONNECT_ISSUER:
    SOCIALACCOUNT_PROVIDERS["proconnect"] = {
        "APP": {
            "client_id": env.str("FAUBOURG_PROCONNECT_CLIENT"),
            "secret": env.str("FAUBOURG_PROCONNECT_SECRET"),
            "settings": {
                "issuer": PROCONNECT_ISSUER,
                "acr_values": env.list("FAUBOURG_PROCONNECT_ACR", default=["eidas1", "eidas2", "eidas3"]),
            },
        }
    }

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
FORMAT_MODULE_PATH = "faubourg.base.formats"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
LOCALE_PATHS: list[str] = []

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
# The only fonts a PDF may use: the same file on every machine.
PDF_FONTS = PACKAGE / "site" / "fonts"

# --- Safety ---------------------------------------------------------------------------------------
# Tiles come from the address of the basemap; nothing else leaves the site.
BASEMAP_URL = env.str(
    "FAUBOURG_BASEMAP_URL",
    default=(
        "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png"
        "&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    ),
)
BASEMAP_ATTRIBUTION = env.str("FAUBOURG_BASEMAP_ATTRIBUTION", default="© IGN Plan v2")
_basemap_origin = "/".join(BASEMAP_URL.split("/")[:3]) if "://" in BASEMAP_URL else ""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([_basemap_origin] if _basemap_origin else [])],
        "style-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "frame-ancestors": [NONE],
        # A browser applies form-action to what the form is redirected to: ProConnect, when it is there.
        "form-action": [SELF, *(["/".join(PROCONNECT_ISSUER.split("/")[:3])] if PROCONNECT_ISSUER else [])],
        "base-uri": [SELF],
        "object-src": [NONE],
    }
}
HTTPS = env.bool("FAUBOURG_HTTPS", default=False)
# Without https a passkey works at http://localhost alone; browsers refuse it elsewhere.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "faubourg.site.views.errors.csrf_failure"

EMAIL_BACKEND = env.str("FAUBOURG_EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = HOME / "mail"
if env.str("FAUBOURG_EMAIL_URL", default=""):
    # smtp+tls://compte:motdepasse@hote:587
    globals().update(env.email_url("FAUBOURG_EMAIL_URL"))
# Seconds: a mail server that answers nothing holds nobody up for longer.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FAUBOURG_FROM_EMAIL", default="Faubourg <ne-pas-repondre@localhost>")
# What a resident is told by e-mail or SMS: dotted paths of gateways (`proximity.gateways`); the one that
# comes along writes each SMS in a file.
EMAIL_GATEWAY = env.str("FAUBOURG_EMAIL_GATEWAY", default="faubourg.proximity.gateways.ways.EmailGateway")
SMS_GATEWAY = env.str("FAUBOURG_SMS_GATEWAY", default="faubourg.proximity.gateways.ways.FileSmsGateway")
SMS_FILE_PATH = HOME / "sms"
# The address of this installation as residents type it: it stands in what they are sent.
SITE_URL = env.str("FAUBOURG_URL", default="http://localhost:8000").rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"refusals": {"()": "faubourg.base.logs.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
