"""Who: accounts, organisations, memberships, roles."""

from .organisation import Membership, Organisation
from .person import Person
from .role import RoleGrant

__all__ = ["Membership", "Organisation", "Person", "RoleGrant"]
