"""What people are told: the mails, their words and their calendar parts."""
