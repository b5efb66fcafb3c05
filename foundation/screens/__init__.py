"""How every page behaves: policies, lists, forms, fragments, problems."""
