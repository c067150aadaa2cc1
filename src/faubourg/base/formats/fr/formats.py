"""French dates: « 1er juillet 2026 », « 1er juillet 2026 14:30 », « 1er juillet »; the rest is Django's."""

DATE_FORMAT = "jS F Y"
DATETIME_FORMAT = "jS F Y H:i"
MONTH_DAY_FORMAT = "jS F"
