"""The accounts of the demonstration: one per profession, fictitious names, one password that is printed."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import RoleGrant
from .scopes import EVERYWHERE, Scope

Role = RoleGrant.Role

# Known to everybody: the demonstration alone makes accounts with it (`faubourg demo-accounts`).
PASSWORD = "quartiers-en-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who, what they do in words, and the roles they hold from the first day of the contracts."""

    email: str
    name: str
    does: str | Promise
    roles: tuple[tuple[str, Scope], ...] = field(default=())


ACCOUNTS = (
    DemoAccount(
        "chargee@demo.faubourg",
        "Nadège Lavaur",
        _("chargée de mission du contrat de ville de Clermont Auvergne Métropole"),
        (
            (Role.CONTRACT_OFFICER, ("epci", "246300701")),
            (Role.CONTRACT_OFFICER, ("contract", "CN06302M")),
        ),
    ),
    DemoAccount(
        "referent@demo.faubourg",
        "Idriss Montel",
        _("référent communal de Clermont-Ferrand"),
        ((Role.COMMUNE_REFERENT, ("commune", "63113")),),
    ),
    DemoAccount(
        "delegue@demo.faubourg",
        "Solène Barraud",
        _("déléguée du préfet du Puy-de-Dôme"),
        ((Role.PREFECT_DELEGATE, ("departement", "63")),),
    ),
    DemoAccount(
        "ressources@demo.faubourg",
        "Tomas Querel",
        _("chargé de ressources, partout"),
        ((Role.RESOURCE_OFFICER, EVERYWHERE),),
    ),
    DemoAccount(
        "financeur@demo.faubourg",
        "Bastien Orlhac",
        _("service instructeur d’une Région : donne ses avis, vote et verse"),
        ((Role.FUNDER_OFFICER, ("departement", "63")),),
    ),
    DemoAccount(
        "elue@demo.faubourg",
        "Hawa Tessier",
        _("élue de Clermont Auvergne Métropole : siège au jury d’un appel à projets"),
        ((Role.ELECTED, ("epci", "246300701")),),
    ),
    DemoAccount(
        "association@demo.faubourg",
        "Camille Aubrac",
        _("présidente d’une association qui dépose des dossiers"),
    ),
    DemoAccount(
        "proprete@demo.faubourg",
        "Samia Delorme",
        _("référente d’un service de propreté d’exemple : les signalements qui l’attendent"),
    ),
    DemoAccount(
        "bailleur@demo.faubourg",
        "Farid Vasselin",
        _("référent d’un bailleur d’exemple : son plan d’abattement de TFPB, ses preuves, ses signalements"),
    ),
    DemoAccount(
        "numerovert@demo.faubourg",
        "Loïc Pradier",
        _("agent d’un numéro vert d’exemple : saisit ce que l’on dit au téléphone"),
    ),
    DemoAccount(
        "admin@demo.faubourg",
        "Maud Estrade",
        _("administratrice technique : accorde les rôles, ne lit rien de confidentiel"),
        ((Role.ADMINISTRATOR, EVERYWHERE),),
    ),
    DemoAccount("habitante@demo.faubourg", "Aline Romieu", _("habitante : un compte, aucun rôle")),
)
