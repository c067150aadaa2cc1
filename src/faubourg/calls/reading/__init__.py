"""Files that other tools or people give to a call."""
