"""Who may do what in the room `proximity`: one predicate an act, answering yes or a reason to show."""

from .areas import (
    Role,
    can_create_areas,
    can_follow_area,
    can_open_area,
    can_run_area,
    can_take_calls,
    needs,
    partners_of,
    scopes_of,
    tasks_of,
)

__all__ = [
    "Role",
    "can_create_areas",
    "can_follow_area",
    "can_open_area",
    "can_run_area",
    "can_take_calls",
    "needs",
    "partners_of",
    "scopes_of",
    "tasks_of",
]
