"""Words no buyer would say: values, lifecycles, the door, the journal, scopes, screens."""
