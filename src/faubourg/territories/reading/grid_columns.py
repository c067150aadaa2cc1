"""Which column of a grid says what: the names that INSEE and its users write, or those that are named."""

from dataclasses import dataclass

from faubourg.rules.grid import BrokenGrid

CODE = r"^CRS(?P<crs>\d+)RES(?P<step>\d+)mN-?\d+E-?\d+$"
# In the order in which they are preferred; case does not count.
PEOPLE = ("num_people", "ind", "people", "population", "pop", "habitants", "ind_c")
POVERTY = (
    "poverty_ratio",
    "poverty_share",
    "poverty",
    "taux_pauvrete",
    "part_pauvres",
    "tx_pauvrete",
    "tp60",
)
INCOME = (
    "mean_std_living",
    "median_income",
    "income",
    "niveau_vie",
    "snv",
    "revenu",
    "med_disp",
    "revenu_median",
)
IMPUTED = ("imputed", "i_est_200", "i_est_1km", "i_est_cr", "i_est", "estime")
CODES = ("id", "idcar_200m", "idinspire", "idcar", "idcar_1km", "id_carr", "id_carr_1km", "idk")
X = ("x", "lon", "longitude", "x_centre")
Y = ("y", "lat", "latitude", "y_centre")


@dataclass(frozen=True)
class Chosen:
    """What the person named; empty means « find it »."""

    layer: str = ""
    people: str = ""
    poverty: str = ""
    income: str = ""
    imputed: str = ""
    crs: str = ""


@dataclass(frozen=True)
class Columns:
    """Names as the file writes them; empty when it has none."""

    people: str
    poverty: str
    income: str
    imputed: str
    code: str
    x: str
    y: str
    households: str
    poor_households: str
    income_sum: str


def columns_in(names: list[str], chosen: Chosen) -> Columns:
    """The columns of a grid among those of a file; raises BrokenGrid when people or incomes are missing."""
    if not names:
        raise BrokenGrid("Le fichier n’a aucune colonne : choisissez celui des carreaux.")
    folded = {name.lower(): name for name in reversed(names)}

    def first(wanted: tuple[str, ...]) -> str:
        return next((folded[name] for name in wanted if name in folded), "")

    def named(name: str, wanted: tuple[str, ...]) -> str:
        if name and name not in names:
            raise BrokenGrid(f"Pas de colonne « {name} » : il y a {', '.join(names) or 'aucune colonne'}.")
        return name or first(wanted)

    # Naming one measure leaves the other aside: the person knows which one counts.
    only_poverty, only_income = bool(chosen.poverty), bool(chosen.income)
    found = Columns(
        people=named(chosen.people, PEOPLE),
        poverty=named(chosen.poverty, () if only_income else POVERTY),
        income=named(chosen.income, () if only_poverty else INCOME),
        imputed=named(chosen.imputed, IMPUTED),
        code=first(CODES),
        x=first(X),
        y=first(Y),
        households="" if only_income else first(("men",)),
        poor_households="" if only_income else first(("men_pauv",)),
        income_sum="" if only_poverty else first(("ind_snv",)),
    )
    if not found.people:
        raise BrokenGrid(f"Aucune colonne de population parmi {', '.join(names)} : voyez --people-column.")
    if not (
        found.poverty or found.income or found.income_sum or (found.households and found.poor_households)
    ):
        raise BrokenGrid(
            f"Aucune colonne de pauvreté ni de revenu parmi {', '.join(names)} : voyez --poverty-column."
        )
    return found
