"""Who may do what in the room `contracts`: one predicate an act, answering yes or a reason to show."""

from .agreement import can_read_agreement_workings, can_read_text, can_write_agreement
from .calendar import (
    can_create_contract,
    can_deliver,
    can_open_contract,
    can_read_deliverable,
    can_start_contracts,
)
from .contract import (
    can_compose_analysis,
    can_decide_link,
    can_edit_analysis,
    can_edit_sheet,
)
from .money import NOT_YOURS, Hand, can_reserve_at, hand_in_money, organisations_of
from .project import can_fill_diagnosis, can_propose_action, can_read_diagnosis
from .workings import (
    WRITERS,
    borne_in,
    can_read_workings,
    can_write_for_commune,
    can_write_workings,
    communes_written_by,
    scopes_of,
    wider_scopes_of,
)

__all__ = [
    "NOT_YOURS",
    "WRITERS",
    "Hand",
    "borne_in",
    "can_compose_analysis",
    "can_create_contract",
    "can_decide_link",
    "can_deliver",
    "can_edit_analysis",
    "can_edit_sheet",
    "can_fill_diagnosis",
    "can_open_contract",
    "can_propose_action",
    "can_read_agreement_workings",
    "can_read_deliverable",
    "can_read_diagnosis",
    "can_read_text",
    "can_read_workings",
    "can_reserve_at",
    "can_start_contracts",
    "can_write_agreement",
    "can_write_for_commune",
    "can_write_workings",
    "communes_written_by",
    "hand_in_money",
    "organisations_of",
    "scopes_of",
    "wider_scopes_of",
]
