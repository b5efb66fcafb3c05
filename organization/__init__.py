"""Who we are: parties, legal entities, sites, people and their scopes, items, calendars, currencies."""
