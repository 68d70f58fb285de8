"""What does a coordinator see of the coming days, and do about it?"""

from rostering.board.fortnight import Figures, cell, read

__all__ = ["Figures", "cell", "read"]
