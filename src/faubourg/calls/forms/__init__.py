"""Forms of the room `calls`."""
