"""Verbs of the notes: keep an update, tick an action item."""

from mentorhub.domain.notes.service.items import tick
from mentorhub.domain.notes.service.updates import apply_update

__all__ = ["apply_update", "tick"]
