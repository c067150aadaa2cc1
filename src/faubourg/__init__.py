"""Faubourg carries the whole cycle of the *politique de la ville* on one thread."""
