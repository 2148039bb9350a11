"""Reviews, only from people who met."""
