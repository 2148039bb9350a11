"""Pure rules of the marketplace: what is asked for, who answers it, and in which order."""
