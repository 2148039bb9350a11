"""The media plane: a packet-forwarding unit for two-person rooms; imports nothing of the product."""
