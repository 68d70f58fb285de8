"""What does an administrator see and change? People, roles, locations, qualifications, journal."""
