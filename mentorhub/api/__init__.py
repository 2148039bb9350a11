"""Plain HTTP beside the pages: sign-in, webhooks, signalling, notes, health, and the wrapper around it all."""
