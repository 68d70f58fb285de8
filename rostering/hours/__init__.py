"""How many hours did somebody work?"""

from rostering.hours.counted import of_year, worked

__all__ = ["of_year", "worked"]
