"""Work behind the scenes: rows of the outbox are handled, and duties come round by the clock."""
