"""The contrat de ville: who bears and steers it, what it promises, its money, its agreements, its story."""

from .action import Action, ActionNote
from .agreement import Article, Convention, LinkedPlan, Signatory
from .amendment import AmendedArticle, Amendment, Post, PostFunder
from .analysis import Analysis, AnalysisRow, AnnouncedTotal
from .commitment import Commitment, OrdinaryMeans
from .contract import Contract, ContractBearer, ContractNeighbourhood, ContractSheet
from .diagnosis import Diagnosis, DiagnosisAnswer, DiagnosisGrid, DiagnosisPoint, GridQuestion, Stake
from .governance import Body, Mandate, Seat
from .interpellation import Interpellation, InterpellationStep
from .life import ContractStep, Deliverable, Milestone, Phase
from .meeting import AgendaItem, Attendance, DecisionItem, DecisionNote, Meeting
from .money import FundingEvent, FundingLine
from .objective import Objective, ObjectiveIndicator
from .told import EndTold

__all__ = [
    "Action",
    "ActionNote",
    "AgendaItem",
    "AmendedArticle",
    "Amendment",
    "Analysis",
    "AnalysisRow",
    "AnnouncedTotal",
    "Article",
    "Attendance",
    "Body",
    "Commitment",
    "Contract",
    "ContractBearer",
    "ContractNeighbourhood",
    "ContractSheet",
    "ContractStep",
    "Convention",
    "DecisionItem",
    "DecisionNote",
    "Deliverable",
    "Diagnosis",
    "DiagnosisAnswer",
    "DiagnosisGrid",
    "DiagnosisPoint",
    "EndTold",
    "FundingEvent",
    "FundingLine",
    "GridQuestion",
    "Interpellation",
    "InterpellationStep",
    "LinkedPlan",
    "Mandate",
    "Meeting",
    "Milestone",
    "Objective",
    "ObjectiveIndicator",
    "OrdinaryMeans",
    "Phase",
    "Post",
    "PostFunder",
    "Seat",
    "Signatory",
    "Stake",
]
