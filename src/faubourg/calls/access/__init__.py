"""Who may do what in the room `calls`: one predicate an act, answering yes or a reason to show.

Whoever declared an interest meets a no first, whatever the roles held: see `stands_back`.
"""

from .applicants import acts_for, can_administer_applicant, can_read_applicant, can_sign_for, can_write_for
from .applications import can_examine, can_read_application, can_write_application, stands_back
from .calls import (
    can_create_calls,
    can_follow_call,
    can_read_call,
    can_read_rules,
    can_run_call,
    can_write_rules,
    scopes_of,
)

__all__ = [
    "acts_for",
    "can_administer_applicant",
    "can_create_calls",
    "can_examine",
    "can_follow_call",
    "can_read_applicant",
    "can_read_application",
    "can_read_call",
    "can_read_rules",
    "can_run_call",
    "can_sign_for",
    "can_write_application",
    "can_write_for",
    "can_write_rules",
    "scopes_of",
    "stands_back",
]
