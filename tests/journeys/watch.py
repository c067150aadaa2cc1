"""Listens to what a browser complains of, and keeps it away from the network."""

import base64

from playwright.sync_api import BrowserContext, ConsoleMessage, Route

BASEMAP = "https://data.geopf.fr/**"
# A white tile: the map's background without leaving the machine.
TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII="
)
POLICY = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("content policy: " + event.violatedDirective + " " + event.blockedURI))"""


class Watch:
    """Complaints of every page of a context; what a journey expects is told with `expect`."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page that this context opens."""
        context.add_init_script(POLICY)
        context.route(BASEMAP, self._tile)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def expect(self, *words: str) -> None:
        """Complaints that hold one of these words are part of the story."""
        self.expected.extend(words)

    def _tile(self, route: Route) -> None:
        route.fulfill(body=TILE, content_type="image/png")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if not any(word in message.text for word in self.expected):
            page = message.page.url if message.page else "?"
            self.complaints.append(f"{page}: {message.text} ({message.location.get('url', '')})")
