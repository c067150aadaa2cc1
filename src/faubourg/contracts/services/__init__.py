"""Writes of the room `contracts`: one module per verb."""
