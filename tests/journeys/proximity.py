"""What the journeys of proximity share: an area set by hand, photographs, the news that went out."""

import io
import time
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .hands import press
from .kinds import HABITANTE
from .test_accessible import quiet

REFERENT = "proprete@demo.faubourg"
AGENT = "numerovert@demo.faubourg"
SERVICE = "Propreté urbaine"
HALL = "12, rue des Lilas, hall B"
# The middle of the town: where a map that nobody moved is centred.
POINT = "3,18824 45,74199"


@dataclass(frozen=True)
class Town:
    """`address`: the home of the area, with its code at the end; `door`: what the code in the hall opens."""

    address: str
    door: str

    @property
    def code(self) -> str:
        """As addresses hold it."""
        return self.address.rstrip("/").rpartition("/")[2]


def open_town(officer: Page) -> Town:
    """Opened, then set by hand: a service and who answers for it, the tasks, a code in a hall."""
    officer.goto("/proximite/nouveau/")
    officer.get_by_label("Commune ou intercommunalité").fill("Cournon-d’Auvergne (63124)")
    officer.get_by_label("Numéro vert").fill("04 65 71 00 00")
    press(officer, "Ouvrir")
    expect(officer.get_by_text("on peut y signaler dès maintenant")).to_be_visible()
    address = officer.url
    _name_a_service(officer, f"{address}reglages/partenaires/nouveau/")
    officer.goto(f"{address}reglages/taches/")
    for account, task in ((AGENT, "agent du numéro vert"), (HABITANTE, "habitant·e-relais")):
        officer.get_by_label("Adresse de son compte").fill(account)
        officer.get_by_label("Tâche").select_option(label=task)
        press(officer, "Confier")
    fits(officer)
    officer.goto(f"{address}reglages/points/nouveau/")
    officer.get_by_label("Lieu", exact=True).fill(HALL)
    officer.get_by_label("Point sur la carte").fill(POINT)
    officer.get_by_label("Dans un bâtiment").check()
    press(officer, "Enregistrer")
    door = officer.get_by_role("listitem").filter(has_text=HALL).locator("code").inner_text()
    return Town(address, door)


def _name_a_service(officer: Page, form: str) -> None:
    officer.goto(form)
    officer.get_by_label("Nom du service").fill(SERVICE)
    officer.get_by_label("Organisation dont il fait partie").fill("Ville de Cournon-d’Auvergne")
    press(officer, "Enregistrer")
    if not officer.get_by_role("button", name="Nommer").count():
        officer.get_by_role("main").get_by_role("link", name=SERVICE).click()
    post = officer.get_by_role("region", name="Qui parle pour ce service")
    post.get_by_label("Nom", exact=True).fill("Samia Delorme")
    post.get_by_label("Adresse de son compte").fill(REFERENT)
    press(officer, "Nommer")
    expect(officer.get_by_text("La personne référente est enregistrée.")).to_be_visible()


def photograph(colour: tuple[int, int, int]) -> dict[str, object]:
    """A small one as a telephone takes it: it says where it was taken."""
    taken = Image.Exif()
    taken.get_ifd(0x8825).update({1: "N", 2: (45.0, 44.0, 31.0), 3: "E", 4: (3.0, 11.0, 17.0)})
    file = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(file, "JPEG", exif=taken)
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def picture(content: bytes) -> Image.Image:
    """What a page serves as a photograph."""
    return Image.open(io.BytesIO(content))


def told_by_sms(live, number: str, words: str) -> str:
    """The message of the gateway's folder that says so to this number; the worker writes it in its time."""
    folder = live.log.parent / "sms"
    for _wait in range(90):
        for path in folder.glob("*.txt") if folder.exists() else ():
            text = path.read_text()
            if text.startswith(number) and words in text:
                return text
        time.sleep(0.5)
    pytest.fail(f"no SMS says « {words} »")


def act(page: Page, name: str, *, files: tuple[str, object] | None = None, **told: str) -> None:
    """One act of the sheet of a report, in its own form."""
    main = page.get_by_role("main")
    form = main.locator("form").filter(has=page.get_by_role("button", name=name, exact=True))
    for label, words in told.items():
        form.get_by_label(label.replace("_", " ")).fill(words)
    if files:
        form.get_by_label(files[0]).set_input_files(files[1])
    press(page, name)


def fits(page: Page, *, reader: Page | None = None, width: int = 360) -> None:
    """Nothing to push sideways, and axe finds nothing; `reader` looks in the place of a page without scripts,
    where axe itself cannot run."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if reader is not None:
        reader.set_content(page.content())
    quiet(reader or page)
