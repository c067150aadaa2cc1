"""Writes of the room `territories`: one module per verb."""
