"""What did we agree in this house? Rules with a number that an organisation can change on a screen."""

from people.house_rules.registry import Agreed, NotAllowed, Rule, agreed, change, register, values

__all__ = ["Agreed", "NotAllowed", "Rule", "agreed", "change", "register", "values"]
