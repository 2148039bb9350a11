"""Holds and bookings: one table, no overlap by key, moves only by compare-and-swap."""
