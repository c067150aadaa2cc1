"""Every kind of page, by name: where it is, and who sees it."""

CHARGEE = "chargee@demo.faubourg"
RESSOURCES = "ressources@demo.faubourg"
HABITANTE = "habitante@demo.faubourg"

PUBLIC = {
    "home": "/",
    "search": "/recherche/?q=gautiere+clermont",
    "search without an answer": "/recherche/?q=zzzzzzzz",
    "map": "/carte/",
    "neighbourhoods": "/quartiers/",
    "neighbourhood of 2024": "/quartiers/QN06307N/",
    "neighbourhood with a contour and indicators": "/quartiers/QP065003/",
    "neighbourhood of before": "/quartiers/LOC-A-LA-GAUTHIERE/",
    "EPCI": "/epci/246300701/",
    "EPCIs": "/epci/",
    "local geography": "/geographie/246300701/",
    "commune": "/communes/63113/",
    "communes": "/communes/",
    "département": "/departements/63/",
    "région": "/regions/84/",
    "urban unit": "/unites-urbaines/63701/",
    "contracts": "/contrats/",
    "contract": "/contrats/CN06302M/",
    "interpellations": "/contrats/CN06302M/interpellations/",
    "annual reports": "/contrats/CN06302M/rapports/",
    "identity sheet": "/contrats/CN06302M/fiche/",
    "calendar of a contract": "/contrats/CV137/calendrier/",
    "deliverables": "/contrats/CV137/livrables/",
    "objectives": "/contrats/CN06302M/objectifs/",
    "coverage map": "/contrats/CN06302M/couverture/",
    "actions of a contract": "/contrats/CN06302M/actions/",
    "action": "/actions/1/",
    "diagnoses": "/contrats/CN06302M/diagnostics/",
    "stakes": "/contrats/CN06302M/enjeux/",
    "bodies of a contract": "/contrats/CN06302M/instances/",
    "meetings of a month": "/contrats/CN06302M/reunions/?mois=2024-03",
    "meetings as a list": "/contrats/CN06302M/reunions/liste/",
    "analyses": "/analyses/",
    "analysis": "/analyses/auvergne-2016/",
    "sources": "/sources/",
    "source": "/sources/qpv-2024/",
    "API": "/api/",
    "about": "/a-propos/",
    "accessibility": "/accessibilite/",
    "sign in": "/compte/login/",
    "sign up": "/compte/signup/",
    "password forgotten": "/compte/password/reset/",
    "unknown page": "/rien-ici/",
    "unknown place": "/quartiers/QN99999X/",
}
OF_THE_CHARGEE = {
    "desk at home": "/",
    "organisations": "/organisations/",
    "edit desk": "/quartiers/QN06307N/modifier/",
    "adding a figure": "/quartiers/QN06307N/modifier/chiffres/ajouter/",
    "perimeter upload": "/quartiers/QN06307N/perimetres/ajouter/",
    "import": "/chiffres/importer/",
    "drawing": "/geographie/246300701/dessiner/",
    "grid": "/geographie/246300701/grille/",
    "sheet of a contract, edited": "/contrats/CN06302M/fiche/modifier/",
    "new contract": "/contrats/nouveau/",
    "opening of a contract": "/contrats/CN06302M/ouvrir/",
    "adding a deliverable": "/contrats/CN06302M/calendrier/livrables/ajouter/",
    "action, edited": "/actions/1/modifier/",
    "objective to add": "/contrats/CN06302M/objectifs/ajouter/",
    "adding a body": "/contrats/CN06302M/instances/ajouter/",
    "decisions of a contract": "/contrats/CN06302M/decisions/",
    "my decisions": "/decisions/",
    "my data": "/compte/mes-donnees/",
    "my addresses": "/compte/email/",
    "my password": "/compte/password/change/",
    "two factors": "/compte/2fa/",
    "sign out": "/compte/logout/",
}
OF_THE_RESIDENT = {"refused": "/quartiers/QN06307N/modifier/"}

# (name, path, person): what a test walks through.
EVERY = [
    *((name, path, "") for name, path in PUBLIC.items()),
    *((name, path, CHARGEE) for name, path in OF_THE_CHARGEE.items()),
    *((name, path, HABITANTE) for name, path in OF_THE_RESIDENT.items()),
]
NAMES = [name for name, _, _ in EVERY]
# A browser says in its console that a page answered with a refusal; here it is the page that is wanted.
REFUSALS = ("status of 404", "status of 403")
