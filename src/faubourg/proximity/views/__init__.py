"""Pages of the room `proximity`, a module an idea."""
