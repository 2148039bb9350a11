"""People, how they prove who they are, and the two hats each may wear."""
