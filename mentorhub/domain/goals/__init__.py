"""What a mentee is working towards: goals, milestones and the items that move them."""
