"""Dutch dates and times as they are written in running text: zaterdag 28 maart 2027, 19.00 uur."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d-m-Y"
MONTH_DAY_FORMAT = "j F"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y, H.i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
