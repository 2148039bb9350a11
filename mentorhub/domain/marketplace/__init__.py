"""Finding a mentor: search, the next free slot, and the Open to Mentorship switch."""
