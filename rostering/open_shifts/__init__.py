"""Which shifts can I take?"""

from rostering.open_shifts.listed import Lack, Overview, Row, may_take_any, overview, row, values

__all__ = ["Lack", "Overview", "Row", "may_take_any", "overview", "row", "values"]
