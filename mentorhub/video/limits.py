"""How much one published track may send: a token bucket for bytes and one for packets."""

from dataclasses import dataclass

BYTES_PER_SECOND = 3_000_000 // 8
PACKETS_PER_SECOND = 600
BURST_SECONDS = 1.0


@dataclass(slots=True)
class Allowance:
    """What is left of a track's rate; times are seconds of one monotonic clock."""

    bytes_left: float = BYTES_PER_SECOND * BURST_SECONDS
    packets_left: float = PACKETS_PER_SECOND * BURST_SECONDS
    at: float | None = None

    def take(self, size: int, now: float) -> bool:
        """Take one packet of `size` bytes; `False` when the track has used up its rate."""
        passed = 0.0 if self.at is None else now - self.at
        self.at = now
        self.bytes_left = min(self.bytes_left + passed * BYTES_PER_SECOND, BYTES_PER_SECOND * BURST_SECONDS)
        self.packets_left = min(self.packets_left + passed * PACKETS_PER_SECOND, PACKETS_PER_SECOND * BURST_SECONDS)
        if self.bytes_left < size or self.packets_left < 1:
            return False
        self.bytes_left -= size
        self.packets_left -= 1
        return True
