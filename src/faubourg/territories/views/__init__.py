"""Thin views of the room `territories`: its lists and its sources."""
