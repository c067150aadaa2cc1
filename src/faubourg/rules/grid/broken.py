"""A grid that cannot be read: one French sentence says what is wrong and what to do."""


class BrokenGrid(ValueError):
    """Its text is the sentence."""
