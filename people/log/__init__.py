"""What happens here that somebody has to be able to look up afterwards? `log.note(...)` writes one line."""

from people.log.events import note, only_trouble
from people.log.tasks import task

__all__ = ["note", "only_trouble", "task"]
