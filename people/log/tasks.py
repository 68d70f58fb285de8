"""What if a task of the worker fails? Its error stands in the log as one of a page would."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from people.log.events import note


def task(function: Callable) -> Callable:
    """Mark what is handed to the worker by name; the worker itself keeps the words of an error, but no lines."""
    name = f"{function.__module__}.{function.__name__}"

    @wraps(function)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except BaseException as error:  # the worker ends a task that overstays with one that is no Exception
            note("task.failed", level=logging.ERROR, error=error, task=name)
            raise

    told.is_task = True  # a test asks it of everything that is handed over
    return told
