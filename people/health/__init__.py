"""Is Paraat well? What a machine asks every minute, and what an administrator sees."""

from people.health.measures import Measure, measure

__all__ = ["Measure", "measure"]
