"""The data that Faubourg ships, read by `faubourg.territories.pack`."""
