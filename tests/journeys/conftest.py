"""Journeys in a real browser, against a real server on the real data.

One server and one browser for all; each test opens its own contexts with `visit`, which watches them:
a script error, a failed request or a breach of the content policy fails the journey at its end.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from .hands import sign_in
from .kinds import REFUSALS
from .server import Server, served
from .watch import Watch

PHONE = (360, 740)
# Nothing of a page lies beyond the side of a phone.
NARROW = f"""addEventListener("load", () => {{
  const wide = document.documentElement.scrollWidth;
  if (wide > {PHONE[0]}) console.error("wider than a phone: " + wide + " px, " + location.href);
}})"""


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server; its copy of the data lasts as long as the run."""
    with served(tmp_path_factory.mktemp("journeys") / "home") as server:
        yield server


class Visit:
    """Opens watched pages: `visit("/carte/")`, `visit.phone("/")`, `visit("/", person=CHARGEE)`."""

    def __init__(self, browser: Browser, address: str, sessions: dict[str, object]) -> None:
        self.browser, self.address, self.sessions = browser, address, sessions
        self.watch = Watch()
        self.contexts: list[object] = []
        self.kept: dict[str, Page] = {}

    def __call__(
        self, path: str = "", *, person: str = "", width: int = 1280, height: int = 800, **options: object
    ) -> Page:
        """A page of a fresh context, signed in as `person` if given."""
        if person and person not in self.sessions:
            self.sessions[person] = self._session(person)
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            storage_state=self.sessions.get(person),
            **({"locale": "fr-FR", "reduced_motion": "reduce"} | options),
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        self.watch.over(context)
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    def phone(self, path: str = "", **options: object) -> Page:
        """A page of a telephone, as small as they are, touched: one wider than it is complained of."""
        width, height = PHONE
        page = self(width=width, height=height, has_touch=True, is_mobile=True, **options)
        page.context.add_init_script(NARROW)
        if path:
            page.goto(path)
        return page

    def again(self, path: str, *, person: str = "", **options: object) -> Page:
        """The same, in the page of before: styles and fonts are kept, for tests that see many pages."""
        if person not in self.kept:
            self.kept[person] = self(person=person, **options)
        self.kept[person].goto(path)
        return self.kept[person]

    def complaints(self) -> list[str]:
        """What was complained of since it was last asked."""
        told, self.watch.complaints = self.watch.complaints, []
        return told

    def close(self) -> None:
        """Nothing stays open behind a test."""
        for context in self.contexts:
            context.close()

    def _session(self, person: str) -> object:
        context = self.browser.new_context(base_url=self.address, locale="fr-FR")
        context.set_default_timeout(15_000)
        page = context.new_page()
        sign_in(page, person)
        state = context.storage_state()
        context.close()
        return state


@pytest.fixture(scope="session")
def sessions() -> dict[str, object]:
    """Who is signed in already: the form is filled once for each person."""
    return {}


@pytest.fixture
def visit(browser: Browser, live: Server, sessions: dict[str, object]) -> Iterator[Visit]:
    """See `Visit`."""
    opened = Visit(browser, live.address, sessions)
    yield opened
    opened.close()
    complaints = opened.complaints() + live.faults()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of one's own, for a journey that brings its own data to `live_server`."""
    context = browser.new_context(locale="fr-FR")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def _walker(browser: Browser, live: Server, sessions: dict[str, object]) -> Iterator[Visit]:
    opened = Visit(browser, live.address, sessions)
    opened.watch.expect(*REFUSALS)
    yield opened
    opened.close()


@pytest.fixture
def walk(_walker: Visit, live: Server) -> Iterator[Callable[..., Page]]:
    """`walk(path, person=…)`: for a test that is run on every kind of page, one page kept by person."""
    yield _walker.again
    complaints = _walker.complaints() + live.faults()
    assert not complaints, "\n".join(complaints)
