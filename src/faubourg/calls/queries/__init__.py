"""Reads of the room `calls`: one place for each list."""
