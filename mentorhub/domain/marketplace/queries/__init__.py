"""Reads of the marketplace: search, cards, a mentor's page, and the checklist before opening."""

from mentorhub.domain.marketplace.queries.cards import MentorCardView, cards
from mentorhub.domain.marketplace.queries.checklist import ChecklistView, StepView, checklist
from mentorhub.domain.marketplace.queries.fits import FitView, better_fits
from mentorhub.domain.marketplace.queries.index import market_of, own_standing, topic_changed
from mentorhub.domain.marketplace.queries.mentor_page import (
    MentorPageView,
    OfferingView,
    StarsView,
    mentor_page,
    slug_of,
)
from mentorhub.domain.marketplace.queries.search import (
    BoxView,
    ChipView,
    DropView,
    RescueView,
    SearchView,
    search,
)

__all__ = [
    "BoxView",
    "ChecklistView",
    "ChipView",
    "DropView",
    "FitView",
    "MentorCardView",
    "MentorPageView",
    "OfferingView",
    "RescueView",
    "SearchView",
    "StarsView",
    "StepView",
    "better_fits",
    "cards",
    "checklist",
    "market_of",
    "mentor_page",
    "own_standing",
    "search",
    "slug_of",
    "topic_changed",
]
