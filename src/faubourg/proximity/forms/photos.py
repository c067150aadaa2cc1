"""What must be hidden on a photograph: rectangles in per cent, drawn with a pointer or typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from faubourg.rules.proximity.redaction import MOST_RECTANGLES, Drawn, Pixels


class RedactForm(forms.Form):
    """`rectangles`: one a line, four numbers in per cent: left, top, right, bottom."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    rectangles = forms.CharField(
        label=_("Rectangles à masquer"),
        help_text=_(
            "Un par ligne, en pour cent de l’image : gauche, haut, droite, bas. Par exemple « 10 20 25 40 »."
        ),
        required=False,
        max_length=40 * MOST_RECTANGLES,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    words = forms.CharField(
        label=_("Ce qu’on y voit"),
        help_text=_("Lu à voix haute à qui ne voit pas l’image."),
        max_length=200,
        required=False,
    )

    def clean_rectangles(self) -> list[Drawn]:
        """Four numbers a line; the line that is not is named."""
        found = []
        lines = self.cleaned_data["rectangles"].replace(",", ".").replace(";", " ").splitlines()
        for rank, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                left, top, right, bottom = map(float, line.split())
            except ValueError:
                raise forms.ValidationError(
                    _("La ligne %(rank)s n’a pas quatre nombres : gauche, haut, droite, bas."),
                    params={"rank": rank},
                ) from None
            found.append(Drawn(left, top, right, bottom))
        return found


class WhyForm(forms.Form):
    """Why a photograph is taken back, or erased."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    reason = forms.CharField(label=_("Pourquoi"), max_length=300, required=False)


def in_per_cent(boxes: list[list[int]], width: int, height: int) -> str:
    """The rectangles as kept (pixels) in the words of the form."""
    lines = []
    for box in (Pixels(*one) for one in boxes):
        across = (100 * box.left / width, 100 * box.right / width)
        down = (100 * box.top / height, 100 * box.bottom / height)
        lines.append(f"{across[0]:.2f} {down[0]:.2f} {across[1]:.2f} {down[1]:.2f}")
    return "\n".join(lines)


def overlay(rectangles: list[Any]) -> list[dict[str, str]]:
    """The same for an SVG of 100 by 100 laid over the image."""
    drawn = []
    for one in rectangles:
        x, y = min(one.x1, one.x2), min(one.y1, one.y2)
        width, height = abs(one.x1 - one.x2), abs(one.y1 - one.y2)
        drawn.append(
            {name: f"{value:.2f}" for name, value in zip("xywh", (x, y, width, height), strict=True)}
        )
    return drawn
