"""Photographs of the demonstration: drawings of a wall, a ground and what lies on it, nobody in them."""

import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

Pen = ImageDraw.ImageDraw
SIZE = (960, 720)
SKY, WALL, GROUND, EDGE = "#c9d6df", "#b8a48c", "#8d8f8c", "#5d5f5e"
DOOR, GLASS, BROKEN = "#4f6273", "#bcd4de", "#20262a"
LABEL = "Dessin d’exemple, pas une photo"


def draw(scene: str, *, mended: bool, rank: int = 0) -> SimpleUploadedFile:
    """A JPEG of that scene (« bulky », « hall », « litter », « lamp », « pavement »), before or after.

    `rank` makes two of one scene differ by their bytes.
    """
    picture = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 120, 960, 470), WALL)
    for row in range(120, 470, 50):
        pen.line((0, row, 960, row), "#a8947c", 2)
    pen.rectangle((0, 470, 960, 720), GROUND)
    pen.rectangle((0, 470, 960, 486), EDGE)
    _SCENES[scene](pen, mended)
    pen.text((24, 676 + rank % 12), LABEL, "#ffffff", font=ImageFont.load_default(26))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    name = f"{scene}-{'apres' if mended else 'avant'}.jpg"
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def _bulky(pen: Pen, mended: bool) -> None:
    """A mattress and boxes against the wall."""
    if mended:
        return
    pen.polygon([(240, 300), (540, 260), (560, 560), (250, 600)], "#e6e1d6", "#a59f90")
    for row in (360, 420, 480, 540):
        pen.line((252, row, 552, row - 24), "#c9c2b2", 4)
    for left, top, side in ((600, 470, 130), (690, 400, 110), (740, 520, 90)):
        pen.rectangle((left, top, left + side, top + side), "#b98b56", "#7d5a31", 4)
        pen.line((left, top + side // 2, left + side, top + side // 2), "#7d5a31", 3)


def _litter(pen: Pen, mended: bool) -> None:
    """Bags around a bin."""
    pen.rectangle((430, 380, 540, 590), "#39624a", "#21402e", 4)
    pen.rectangle((420, 360, 550, 390), "#21402e")
    if mended:
        return
    for left, top in ((300, 520), (380, 560), (560, 530), (640, 570), (500, 590)):
        pen.ellipse((left, top, left + 120, top + 100), "#2c2f33", "#15171a", 3)
        pen.polygon([(left + 50, top + 6), (left + 60, top - 24), (left + 72, top + 6)], "#2c2f33")


def _hall(pen: Pen, mended: bool) -> None:
    """A glazed door, whole or broken."""
    pen.rectangle((330, 150, 630, 590), DOOR)
    for left in (350, 490):
        pen.rectangle((left, 180, left + 120, 560), GLASS, "#33424e", 4)
    pen.rectangle((468, 350, 492, 420), "#d9b24c")
    if mended:
        return
    pen.polygon([(365, 300), (430, 230), (460, 330), (440, 430), (380, 400), (400, 350)], BROKEN)
    for end in ((352, 220), (468, 200), (466, 500), (356, 480)):
        pen.line((410, 330, *end), "#eef5f8", 3)


def _lamp(pen: Pen, mended: bool) -> None:
    """A lamp post, lit or not, in the evening."""
    pen.rectangle((0, 0, 960, 470), "#2b3443")
    pen.rectangle((0, 470, 960, 720), "#3a3d40")
    if mended:
        pen.polygon([(520, 150), (250, 640), (800, 640)], "#8f875f")
    pen.rectangle((500, 140, 516, 600), "#868c91")
    pen.rectangle((490, 120, 600, 146), "#868c91")
    pen.ellipse((540, 136, 600, 170), "#fff1b8" if mended else "#4b5157")


def _pavement(pen: Pen, mended: bool) -> None:
    """A hole in the pavement."""
    for column in range(0, 960, 160):
        pen.line((column, 486, column - 60, 720), EDGE, 3)
    if not mended:
        pen.ellipse((380, 540, 620, 640), "#3f3b36", "#2a2723", 5)


_SCENES: dict[str, Callable[[Pen, bool], Any]] = {
    "bulky": _bulky,
    "litter": _litter,
    "hall": _hall,
    "lamp": _lamp,
    "pavement": _pavement,
}
