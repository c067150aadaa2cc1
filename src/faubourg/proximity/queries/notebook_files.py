"""Exactly the files that the notebook opens without network, and the version that they make together."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import to_locale

ROOM = Path(__file__).resolve().parent.parent
MODULES = ("app", "file", "form", "lists", "net", "picture", "plan", "record", "store", "sync", "words")
STYLES = (
    "vendor/inter/inter.css",
    "site/css/tokens.css",
    "site/css/elements.css",
    "site/css/layout.css",
    "site/css/components.css",
    "site/css/forms.css",
    "site/css/forced-and-print.css",
    "proximity/notebook/notebook.css",
)
# Reached from other files under the name that the storage gave them.
REACHED = (
    "vendor/idb-keyval/idb-keyval.js",
    "vendor/inter/inter-latin-wght-normal.woff2",
    "vendor/lucide/lucide.svg",
    "site/img/mark.svg",
    "proximity/notebook/app.js",
    "proximity/notebook/icon-192.png",
    "proximity/notebook/icon-512.png",
)
SHELL = "proximity/notebook/shell.html"
WORKER = "proximity/notebook/worker.js"


def files() -> list[str]:
    """The addresses, as pages ask for them; a module is imported by its plain name."""
    plain = static("proximity/notebook/app.js").rpartition("/")[0]
    return [*map(static, STYLES), *map(static, REACHED), *(f"{plain}/{name}.js" for name in MODULES)]


@lru_cache(maxsize=1)
def version() -> str:
    """Changes as soon as one of the files, the page or its translations do."""
    digest = sha256()
    modules = [f"proximity/notebook/{name}.js" for name in MODULES]
    for name in (*STYLES, *REACHED, *modules, WORKER):
        digest.update(_found(name))
    for part in (SHELL, "proximity/notebook/form.html"):
        digest.update((ROOM / "templates" / part).read_bytes())
    catalogue = ROOM / "locale" / to_locale("en") / "LC_MESSAGES" / "django.mo"
    digest.update(catalogue.read_bytes() if catalogue.exists() else b"")
    digest.update((ROOM / "views" / "notebook_words.py").read_bytes())
    return digest.hexdigest()[:16]


def worker() -> str:
    """The text of the service worker, without its version and list."""
    return _found(WORKER).decode()


def _found(name: str) -> bytes:
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_bytes()
