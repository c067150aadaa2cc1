"""Writes of the room `calls`: each in one transaction, with its journal entry."""
