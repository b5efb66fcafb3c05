"""Words no buyer would say: values, journal, lifecycles, scopes, screens."""
