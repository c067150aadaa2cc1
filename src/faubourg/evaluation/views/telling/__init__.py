"""A report in words: the same sections for the page, the PDF and the files, in the reader's language."""

from .opinions import Voice, voices_of
from .sections import Section, sections_of

__all__ = ["Section", "Voice", "sections_of", "voices_of"]
