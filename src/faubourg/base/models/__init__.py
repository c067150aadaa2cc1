"""What every room needs kept: the journal, documents, jobs, drafts, what can be searched."""

from .document import Document
from .draft import Draft
from .job import Job
from .journal import JournalEntry, PersonalValue
from .pace import Pace
from .search import SearchClock, SearchEntry, SearchTerm
from .step import Step

__all__ = [
    "Document",
    "Draft",
    "Job",
    "JournalEntry",
    "Pace",
    "PersonalValue",
    "SearchClock",
    "SearchEntry",
    "SearchTerm",
    "Step",
]
