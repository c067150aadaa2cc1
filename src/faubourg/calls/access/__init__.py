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
from .juries import (
    can_enter_jury,
    can_follow_juries,
    can_read_jury,
    can_review,
    may_vote,
    seat_among,
    seat_of,
)

__all__ = [
    "acts_for",
    "can_administer_applicant",
    "can_create_calls",
    "can_enter_jury",
    "can_examine",
    "can_follow_call",
    "can_follow_juries",
    "can_read_applicant",
    "can_read_application",
    "can_read_call",
    "can_read_jury",
    "can_read_rules",
    "can_review",
    "can_run_call",
    "can_sign_for",
    "can_write_application",
    "can_write_for",
    "can_write_rules",
    "may_vote",
    "scopes_of",
    "seat_among",
    "seat_of",
    "stands_back",
]
