"""The sixteen columns of SCDL « subventions » 2.1.1, each with what it may hold.

Source: schema.data.gouv.fr, scdl/subventions 2.1.1 (arrêté of 17 November 2017). UTF-8, comma, decimal point.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..verdict import Reason, mark
from .grant import Grant

LONGEST_PURPOSE = 256
NATURES = (
    "aide en numéraire",
    "aide en nature",
    "aide en numéraire;aide en nature",
    "aide en nature;aide en numéraire",
)
_SHARE = r"\d+\.\d{2,4}"
_DAY = r"\d{4}-\d{2}-\d{2}"


@dataclass(frozen=True, slots=True)
class Column:
    """What the schema says of one column."""

    name: str
    required: bool = False
    pattern: str = ""
    longest: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None


COLUMNS = (
    Column("nomAttribuant", required=True),
    Column("idAttribuant", required=True, pattern=r"\d{14}"),
    Column("dateConvention", required=True, pattern=_DAY),
    Column("referenceDecision"),
    Column("nomBeneficiaire", required=True),
    Column("idBeneficiaire", pattern=r"\d{14}"),
    Column("rnaBeneficiaire", pattern=r"W\d{9}"),
    Column("objet", required=True, longest=LONGEST_PURPOSE),
    Column("montant", required=True, pattern=r"-?\d+(\.\d{1,2})?"),
    Column("nature", required=True, pattern="|".join(NATURES)),
    Column("conditionsVersement", required=True, longest=256),
    Column("datesPeriodeVersement", required=True, pattern=rf"{_DAY}(/{_DAY})?"),
    Column("idRAE", longest=5),
    Column("notificationUE", required=True, pattern="oui|non"),
    Column("pourcentageSubvention", required=True, pattern=_SHARE, least=Decimal("0.01"), most=Decimal(1)),
    Column("dispositifAide"),
)


def row(grant: Grant) -> dict[str, str]:
    """The sixteen cells of a grant as texts; an unknown one is empty: `problems` tells if that may be."""
    days = sorted(instalment.on for instalment in grant.instalments if instalment.on)
    paid = days or [day for day in (grant.signed_on,) if day]
    period = "/".join(day.isoformat() for day in sorted({paid[0], paid[-1]})) if paid else ""
    return {
        "nomAttribuant": grant.funder,
        "idAttribuant": grant.funder_siret,
        "dateConvention": grant.signed_on.isoformat() if grant.signed_on else "",
        "referenceDecision": grant.decision,
        "nomBeneficiaire": grant.beneficiary,
        "idBeneficiaire": grant.beneficiary_siret,
        "rnaBeneficiaire": grant.beneficiary_rna,
        "objet": shortened(grant.purpose),
        "montant": f"{grant.cents // 100}.{grant.cents % 100:02d}",
        "nature": NATURES[0],
        "conditionsVersement": "unique" if len(grant.instalments) < 2 else "échelonné",
        "datesPeriodeVersement": period,
        "idRAE": "",
        "notificationUE": "oui" if grant.notified_to_europe else "non",
        "pourcentageSubvention": _share(grant.share_bp),
        "dispositifAide": grant.programme,
    }


def _share(share_bp: int | None) -> str:
    """Hundredths of a per cent as a fraction, as it is: out of the schema’s bounds, `problems` says so."""
    if share_bp is None:
        return ""
    whole, rest = divmod(share_bp, 10_000)
    return f"{whole}.{rest:04d}" if rest else f"{whole}.00"


def shortened(text: str) -> str:
    """One line of at most 256 characters, cut between two words.

    >>> shortened("  Fête   du hall ")
    'Fête du hall'
    """
    line = " ".join(text.split())
    if len(line) <= LONGEST_PURPOSE:
        return line
    return line[: LONGEST_PURPOSE - 1].rsplit(" ", 1)[0] + "…"


def problems(cells: Mapping[str, str]) -> tuple[Reason, ...]:
    """What the schema would refuse of a row, column by column; empty when it is valid."""
    return tuple(_problems(cells))


def _problems(cells: Mapping[str, str]) -> Iterator[Reason]:
    for column in COLUMNS:
        cell = cells.get(column.name, "")
        params = {"column": column.name, "cell": cell[:60]}
        if not cell:
            if column.required:
                yield Reason("scdl_missing", False, _MISSING, params)
        elif column.pattern and not re.fullmatch(column.pattern, cell):
            yield Reason("scdl_form", False, _FORM, params)
        elif column.longest and len(cell) > column.longest:
            yield Reason(
                "scdl_long", False, _LONG, {**params, "most": column.longest}, column.longest, len(cell)
            )
        elif column.least is not None and column.most is not None:
            yield from _outside(cell, column.least, column.most, params)


def _outside(cell: str, least: Decimal, most: Decimal, params: dict[str, str]) -> Iterator[Reason]:
    """A share of the cost out of its bounds: above, the grant is more than the action costs."""
    told = Decimal(cell)
    if not least <= told <= most:
        bound = most if told > most else least
        bounds = {"share": told.normalize(), "least": least, "most": most}
        yield Reason("scdl_range", False, _RANGE, {**params, **bounds}, bound, told)


_MISSING = mark("{column} : le schéma demande cette information.")
_FORM = mark("{column} : « {cell} » n’a pas la forme que le schéma demande.")
_RANGE = mark(
    "{column} : l’aide fait {share} fois le coût de l’action, le schéma demande une part du coût, de {least} "
    "à {most}."
)
_LONG = mark("{column} : plus de {most} caractères.")
