"""The form of a rule set: laid out once (`layout`), read as data (`reading`), drawn (`page`)."""

from .page import Block, Box, page_of
from .reading import Typed, fields_of, typed

__all__ = ["Block", "Box", "Typed", "fields_of", "page_of", "typed"]
