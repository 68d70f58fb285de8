"""What does somebody see first?"""

from cms.home.page import Gaps, greeting

__all__ = ["Gaps", "greeting"]
