"""Who sells to us: suppliers, what they supply, contracts, and what they say."""
