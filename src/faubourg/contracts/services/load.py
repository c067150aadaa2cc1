"""Load the contracts, after the territories: rows, bearers, deduced links, what documents say."""

from faubourg.base.actor import Actor
from faubourg.contracts.models import Contract
from faubourg.territories import seeds
from faubourg.territories.services.load import Loaded, Steps, run

from . import (
    load_community,
    load_contracts,
    load_documents,
    load_links,
    load_plan,
    load_register,
    load_stories,
)

Generation = Contract.Generation


def load_contracts_and_documents(*, by: Actor) -> list[Loaded]:
    """Bring both generations and the founding documents, by source."""
    bearers = load_contracts.Bearers()
    steps: Steps = [
        ("contrats-2015", lambda: load_contracts.bring_contracts(Generation.G2015, bearers)),
        ("contrats-2024", lambda: load_contracts.bring_contracts(Generation.G2024, bearers)),
        ("contrats-2015", lambda: load_links.bring_links(Generation.G2015)),
        ("contrats-2024", lambda: load_links.bring_links(Generation.G2024)),
        (seeds.AUVERGNE, load_links.bring_document_links),
        (seeds.AUVERGNE, load_documents.bring_analysis),
        (seeds.CENTRE, load_documents.bring_funding),
        (seeds.CENTRE, load_register.bring_register),
        (seeds.CENTRE, load_community.bring_community),
        (seeds.CENTRE, load_plan.bring_actions),
        ("saint-etienne-2014", load_plan.bring_stakes),
        ("saint-etienne-2014", load_stories.bring_saint_etienne),
    ]
    return run(steps, "Contrats", by=by)
