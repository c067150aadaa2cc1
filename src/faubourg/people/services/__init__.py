"""Writes of the room: organisations and their members, roles, accounts. Import the module you need."""
