"""Pages of the room `calls`: each validates a form, calls one service or query, shows the page."""
