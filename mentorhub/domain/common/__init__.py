"""Words every feature shares: money, time ranges, the clock, ids, errors, the outbox."""
