"""Which pairs together are best? Models, bounds and searches."""
