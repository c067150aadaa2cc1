"""What a log keeps: a refusal by right is one line, not the trace of a fault."""

import logging

from django.core.exceptions import PermissionDenied


class RefusalsInOneLine(logging.Filter):
    """Takes the trace off a refusal: nothing broke, and a log full of traces hides the one that matters."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the line itself stays."""
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = record.exc_text = None
        return True
