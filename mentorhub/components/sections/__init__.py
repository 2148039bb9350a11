"""Whole sections of pages, composed from the nouns beside them; they too know no state."""
