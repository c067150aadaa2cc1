"""Writes that compose rooms: one module per verb."""
