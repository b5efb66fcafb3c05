"""What a supplier's system reads and says over REST: the portal's words, for programs."""
