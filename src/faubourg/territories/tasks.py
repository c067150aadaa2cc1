"""The long work of this room: reading the grid that somebody brought."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from faubourg.base import jobs
from faubourg.base.numbers import number

from .services.grid_extracts import TASK, read_extract

if TYPE_CHECKING:
    from faubourg.rules.grid.merging import Level


@jobs.task(TASK)
def read_grid(progress: jobs.Progress, *, extract_id: int) -> dict[str, Any]:
    """Cells, extent and candidates at each threshold; run twice, it ends the same."""
    progress.tell(_("Lecture des carreaux"))

    def told(levels: Iterator["Level"], total: int) -> Iterator["Level"]:
        return progress.through(levels, _("Candidats à chaque seuil"), total)

    extract = read_extract(extract_id, told)
    sentence = _("%(cells)s carreaux lus, %(people)s habitants.") % {
        "cells": number(extract.cell_count),
        "people": number(extract.people, 0),
    }
    return {"sentence": sentence, "url": reverse("geography", args=[extract.area.code])}
