"""Reads of the room `evaluation`."""
