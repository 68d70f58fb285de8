"""What is on my roster?"""

from rostering.my_roster.mine import Mine
from rostering.my_roster.roster import ahead_of, open_offers

__all__ = ["Mine", "ahead_of", "open_offers"]
