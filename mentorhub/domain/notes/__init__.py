"""Shared notes as a CRDT, and the action items their lines become."""
