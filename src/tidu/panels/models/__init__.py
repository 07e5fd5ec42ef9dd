"""Tables of the panels room."""

from tidu.panels.models.experts import ConductNote, Conflict, Expert, Undertaking

__all__ = ["ConductNote", "Conflict", "Expert", "Undertaking"]
