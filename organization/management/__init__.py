"""Commands about who we are."""
