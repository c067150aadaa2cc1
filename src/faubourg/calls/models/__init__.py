"""Calls for projects: rules as data, dossiers, juries, decisions, payments, reports; residents’ funds."""

from .applicant import (
    Applicant,
    ApplicantInvitation,
    ApplicantRequest,
    ApplicantRole,
    Charter,
    VaultPiece,
)
from .application import Application, ApplicationStep, ExclusionClaim, PromisedIndicator
from .budget import BudgetLine, FundingRequest
from .call import Call, CallFunder, CallStep, Envelope, EnvelopeEvent
from .decision import Agreement, DecisionStep, FunderDecision, Letter, Payment, PaymentStep
from .examination import Comment, CompletionRequest, FunderOpinion, Interest, Piece
from .fund import (
    Committee,
    CommitteeVote,
    FundMember,
    FundReceipt,
    Microproject,
    MicroprojectStep,
    ResidentFund,
)
from .grant import PublishedGrant
from .intent import Intent, IntentStep, PriorContact
from .jury import AllocationProposal, Juror, Jury, JuryAmount, JuryItem, JuryPresence, JurySession, Review
from .report import (
    Recovery,
    RecoveryStep,
    Report,
    ReportedIndicator,
    ReportedPlace,
    ReportFile,
    ReportLine,
    ReportStep,
)
from .rule_set import RuleSetVersion

__all__ = [
    "Agreement",
    "AllocationProposal",
    "Applicant",
    "ApplicantInvitation",
    "ApplicantRequest",
    "ApplicantRole",
    "Application",
    "ApplicationStep",
    "BudgetLine",
    "Call",
    "CallFunder",
    "CallStep",
    "Charter",
    "Comment",
    "Committee",
    "CommitteeVote",
    "CompletionRequest",
    "DecisionStep",
    "Envelope",
    "EnvelopeEvent",
    "ExclusionClaim",
    "FundMember",
    "FundReceipt",
    "FunderDecision",
    "FunderOpinion",
    "FundingRequest",
    "Intent",
    "IntentStep",
    "Interest",
    "Juror",
    "Jury",
    "JuryAmount",
    "JuryItem",
    "JuryPresence",
    "JurySession",
    "Letter",
    "Microproject",
    "MicroprojectStep",
    "Payment",
    "PaymentStep",
    "Piece",
    "PriorContact",
    "PromisedIndicator",
    "PublishedGrant",
    "Recovery",
    "RecoveryStep",
    "Report",
    "ReportFile",
    "ReportLine",
    "ReportStep",
    "ReportedIndicator",
    "ReportedPlace",
    "ResidentFund",
    "Review",
    "RuleSetVersion",
    "VaultPiece",
]
