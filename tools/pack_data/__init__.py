"""Packs the open data that Faubourg ships; see `__main__`."""
