"""The acts of `faubourg designate`, one module each; the command only hands over to them."""
