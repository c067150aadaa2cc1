"""Random days in the field: somebody takes notes with the real notebook in a real browser, everything goes
wrong around, and at the end the server holds exactly what was noted.

`play(runs, seed, …)` is used by the journeys (a few runs) and by benchmarks/notebook_faults.py (hundreds).
"""

import asyncio
import io
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, BrowserContext, Error, Page, WebError, async_playwright, expect

from faubourg.proximity.models import Observation, Walk
from tests.browser import LAUNCH
from tests.factories.proximity import AreaFactory, WalkFactory, WalkGuestFactory, WalkStopFactory

from .notebook_proxy import Proxy, Servers

SETTLED_WITHIN = 60
# A busy machine is slow, which is no fault of the notebook.
expect.set_options(timeout=20_000)
# Pressed even while it is greyed: what waits may change under the finger.
PRESS_SEND = "document.getElementById('send').click()"
# Days on the same phone, its worker installed once; then a new one.
PHONE_LASTS = 20
EMPTY_PHONE = """() => new Promise((resolve) => {
  const asked = indexedDB.open("faubourg-notebook");
  asked.onsuccess = () => {
    const emptied = asked.result.transaction("kept", "readwrite").objectStore("kept").clear();
    emptied.onsuccess = () => { asked.result.close(); resolve(true); };
  };
})"""


@dataclass
class Day:
    """What was noted, by text: the colours of the photos of each note."""

    walk: Walk
    key: str
    noted: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Account:
    """What `play` tells."""

    runs: int = 0
    notes: int = 0
    photos: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def picture(colour: tuple[int, int, int]) -> dict[str, object]:
    """A photograph of one colour, by which it is known again however it was drawn."""
    file = io.BytesIO()
    Image.new("RGB", (160, 120), colour).save(file, "JPEG", quality=95)
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def new_day() -> Day:
    """A walk of its own and somebody who takes notes on it, without an account."""
    area = AreaFactory(territory__code=f"9{random.randrange(10**8):08d}", code=f"v-{random.randrange(10**9)}")
    walk = WalkFactory(area=area, starts_at=datetime.now(UTC))
    WalkStopFactory(walk=walk, order=1, name="Place")
    return Day(walk, WalkGuestFactory(walk=walk, takes_notes=True).key)


class Field:
    """One phone on one day."""

    def __init__(
        self, context: BrowserContext, proxy: Proxy, day: Day, chance: random.Random, told: Counter[str]
    ):
        self.context, self.proxy, self.day, self.chance, self.told = context, proxy, day, chance, told
        self.page: Page | None = None

    async def open(self) -> Page:
        """The notebook on its walk; on a first day it has to be reached once."""
        self.page = await self.context.new_page()
        await self.page.goto(f"{self.proxy.address}/carnet/{self.day.key}/#/marche/{self.day.walk.pk}")
        return self.page

    async def prepare(self) -> None:
        """At home, with a good network: the walk is taken along on an empty phone."""
        page = await self.open()
        await expect(page.locator("#new-note")).to_be_visible()
        await page.evaluate(EMPTY_PHONE)
        await page.reload()
        await expect(page.locator("#new-note")).to_be_visible()
        await page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    async def note(self, text: str, photos: int) -> None:
        """One observation; sometimes the notebook is closed in the middle of it and opened again."""
        page = self.page or await self.open()
        colours = [tuple(self.chance.randrange(8) * 32 + 16 for _ in range(3)) for _ in range(photos)]
        colours = list(dict.fromkeys(colours))
        await page.locator("#new-note").click()
        await page.get_by_label("Ce que vous voyez").fill(text)
        if self.chance.random() < 0.5:
            await page.get_by_role("radio", name="un atout").check()
        for rank, colour in enumerate(colours, 1):
            await page.locator("#note-photos-input").set_input_files(picture(colour))
            await expect(page.locator("#note-photos img")).to_have_count(rank)
        if self.chance.random() < 0.2:
            page = await self._closed_in_the_middle(text, len(colours))
        await page.get_by_role("button", name="Garder la note").click()
        await expect(page.locator("#new-note")).to_be_visible()
        self.day.noted[text] = colours

    async def _closed_in_the_middle(self, text: str, photos: int) -> Page:
        """What the screen said to be kept is there again."""
        self.told["closed in the middle of a note"] += 1
        if not photos:
            await expect(self.page.locator("#note-status")).to_have_text("Brouillon gardé sur ce téléphone.")
        await self.page.close()
        page = await self.open()
        await page.locator("#notes a", has_text=text).click()
        await expect(page.get_by_label("Ce que vous voyez")).to_have_value(text)
        await expect(page.locator("#note-photos img")).to_have_count(photos)
        return page

    async def reword(self, text: str) -> None:
        """A note is written again, sent or not."""
        self.told["written again"] += 1
        page = self.page
        await page.locator("#notes a", has_text=text).click()
        await page.get_by_label("Ce que vous voyez").fill(f"{text} (bis)")
        await page.get_by_role("button", name="Garder la note").click()
        await expect(page.locator("#new-note")).to_be_visible()
        self.day.noted[f"{text} (bis)"] = self.day.noted.pop(text)

    async def send(self) -> None:
        """« Envoyer », here, in two windows at once, or closing the window meanwhile."""
        way = self.chance.choice(["here", "two windows", "closed meanwhile"])
        page = self.page
        await page.evaluate(PRESS_SEND)
        if way == "two windows":
            self.told["two windows send at once"] += 1
            other = await self.context.new_page()
            await other.goto(f"{self.proxy.address}/carnet/#/marche/{self.day.walk.pk}")
            await other.evaluate(PRESS_SEND)
            await asyncio.sleep(self.chance.uniform(0.0, 0.4))
            await (other if self.chance.random() < 0.5 else page).close()
            self.page = page if other.is_closed() else other
        elif way == "closed meanwhile":
            self.told["window closed while sending"] += 1
            await asyncio.sleep(self.chance.uniform(0.0, 0.3))
            await page.close()
            await self.open()
        await expect(self.page.locator("#new-note")).to_be_visible()

    async def settle(self) -> None:
        """Back home, with a good network: « Envoyer » until the counter says that all is sent."""
        self.proxy.trouble = 0.0
        await self.context.set_offline(False)
        page = self.page
        end = time.monotonic() + SETTLED_WITHIN
        while await page.locator("#waits").get_attribute("data-count") != "0":
            if time.monotonic() > end:
                self.day.wrong.append(f"still unsent: {await page.locator('body').inner_text()}")
                return
            await page.evaluate(PRESS_SEND)
            await asyncio.sleep(0.15)


async def live(day: Day, field_: Field, chance: random.Random, trouble: float) -> None:
    """One to three notes, the network coming and going, sending whenever."""
    await field_.prepare()
    field_.proxy.trouble = trouble
    for rank in range(chance.randint(1, 3)):
        offline = chance.random() < 0.4
        if offline:
            field_.told["without network"] += 1
        await field_.context.set_offline(offline)
        await field_.note(f"{day.walk.pk}-{rank} un banc cassé", chance.choice([0, 1, 1, 2]))
        if chance.random() < 0.5:
            await field_.context.set_offline(False)
            await field_.send()
        if chance.random() < 0.3:
            await field_.reword(chance.choice(sorted(day.noted)))
    await field_.settle()


def check(day: Day, uploads: Path) -> None:
    """The server holds the notes and photos of this day, each once, and the files are there."""
    kept = list(Observation.objects.filter(walk=day.walk).prefetch_related("photos__document"))
    texts = sorted(one.text for one in kept)
    if texts != sorted(day.noted):
        day.wrong.append(f"notes: {texts}, not {sorted(day.noted)}")
    for one in kept:
        found = sorted(_tone(uploads / photo.document.file.name) for photo in one.photos.all())
        expected = sorted(day.noted.get(one.text, []))
        if found != expected:
            day.wrong.append(f"photos of « {one.text} »: {found}, not {expected}")


def _tone(path: Path) -> tuple[int, ...]:
    """The colour with which it was made, a JPEG being a little off."""
    with Image.open(path) as photo:
        middle = photo.convert("RGB").getpixel((photo.width // 2, photo.height // 2))
    return tuple(level // 32 * 32 + 16 for level in middle)


async def _left(page: Page) -> int:
    """How many photos are still kept on the phone."""
    return await page.evaluate("""() => new Promise((resolve) => {
      const asked = indexedDB.open("faubourg-notebook");
      asked.onsuccess = () => {
        const kept = asked.result.transaction("kept").objectStore("kept");
        const counted = kept.count(IDBKeyRange.bound("photo:", "photo;"));
        counted.onsuccess = () => { asked.result.close(); resolve(counted.result); };
      };
    })""")


async def _one(
    context: BrowserContext, proxy: Proxy, seed: int, trouble: float, uploads: Path
) -> tuple[Day, Counter[str]]:
    chance = random.Random(seed)
    told: Counter[str] = Counter()
    proxy.chance, day = random.Random(-seed), new_day()

    def complain(error: WebError) -> None:
        day.wrong.append(f"script: {error.error}")

    context.on("weberror", complain)
    phone = Field(context, proxy, day, chance, told)
    try:
        await live(day, phone, chance, trouble)
        check(day, uploads)
        left = await _left(phone.page)
        if left:
            day.wrong.append(f"{left} photo(s) left on the phone")
    except (Error, AssertionError) as error:
        day.wrong.append(f"{type(error).__name__}: {error}")
    finally:
        proxy.trouble = 0.0
        await context.set_offline(False)
        context.remove_listener("weberror", complain)
        for page in context.pages:
            await page.close()
    return day, told


async def _phone(browser: Browser) -> BrowserContext:
    context = await browser.new_context(locale="fr-FR", viewport={"width": 360, "height": 800})
    context.set_default_timeout(20_000)
    return context


async def play(
    runs: int, seed: int, servers: Servers, uploads: Path, *, trouble: float = 0.5,
    tell: Callable[[str], None] = print,
) -> Account:  # fmt: skip
    """So many days, each with its own seed; what went wrong is told with the seed that does it again."""
    account, began = Account(), time.monotonic()
    proxy = Proxy(servers)
    await proxy.open()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**LAUNCH)
        context = await _phone(browser)
        for run in range(seed, seed + runs):
            day, told = await _one(context, proxy, run, trouble, uploads)
            if day.wrong or account.runs % PHONE_LASTS == PHONE_LASTS - 1:
                await context.close()
                context = await _phone(browser)
            account.runs += 1
            account.notes += len(day.noted)
            account.photos += sum(map(len, day.noted.values()))
            account.faults += told
            account.wrong += [f"seed {run}: {what}" for what in day.wrong]
            for what in day.wrong:
                tell(f"seed {run}: {what}")
            if account.runs % 10 == 0:
                tell(f"{account.runs} runs, {len(account.wrong)} wrong, {time.monotonic() - began:.0f} s")
        await browser.close()
    await proxy.close()
    account.faults += proxy.told
    account.seconds = time.monotonic() - began
    return account
