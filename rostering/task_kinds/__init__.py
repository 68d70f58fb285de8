"""Which kinds of task are there, and what does each ask?"""

from rostering.task_kinds.keeping import save

__all__ = ["save"]
