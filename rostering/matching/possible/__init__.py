"""Who can do what? The pairs that no rule forbids."""
