"""What mentors offer: profiles, expertise, languages and offerings."""
