"""When a mentor is open: availability rules, overrides, busy blocks and the slots they make."""
