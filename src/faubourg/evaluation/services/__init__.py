"""Writes of the room `evaluation`: each step of an annual report, and its opinions."""
