"""Proximity: areas and partners, walks, reports, conventions of GUP and of TFPB rebate."""

from .area import Area, AreaAlert, AreaSeat, Category, Translation
from .gup import EntrustedTask, GupAction, GupConvention, GupReview
from .open311 import ApiKey, FiledRequest
from .partner import Land, Partner, Referent, Route, Spot
from .photo import Photo
from .tfpb import TfpbAction, TfpbAgreement, TfpbEvidence, TfpbLine, TfpbStep, TfpbYear
from .ticket import Arbitration, Check, News, Ticket, TicketNote, TicketPartner, TicketStep
from .walk import Observation, ObservationGrid, Proposal, Walk, WalkGuest, WalkStep, WalkStop

__all__ = [
    "ApiKey",
    "Arbitration",
    "Area",
    "AreaAlert",
    "AreaSeat",
    "Category",
    "Check",
    "EntrustedTask",
    "FiledRequest",
    "GupAction",
    "GupConvention",
    "GupReview",
    "Land",
    "News",
    "Observation",
    "ObservationGrid",
    "Partner",
    "Photo",
    "Proposal",
    "Referent",
    "Route",
    "Spot",
    "TfpbAction",
    "TfpbAgreement",
    "TfpbEvidence",
    "TfpbLine",
    "TfpbStep",
    "TfpbYear",
    "Ticket",
    "TicketNote",
    "TicketPartner",
    "TicketStep",
    "Translation",
    "Walk",
    "WalkGuest",
    "WalkStep",
    "WalkStop",
]
