"""Money: payments, refunds and the double-entry ledger. It knows no calendar."""
