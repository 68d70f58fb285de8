"""Why this person, why nobody, and what would training change?"""
