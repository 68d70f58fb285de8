"""What did we agree about load and rest? House rules as numbers, read once and handed to the rules."""

from rostering.agreements.load import now_held, register

__all__ = ["now_held", "register"]
