"""How an entry is written down and hashed: the one place that says what the chain covers."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

# What stands before the first entry.
GENESIS = "0" * 64


def canonical(content: Mapping[str, Any]) -> str:
    """The one JSON text of a content: sorted keys, no spaces, accents as they are."""
    return json.dumps(
        content,
        cls=DjangoJSONEncoder,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    )


def keyed_hash(payload: str) -> str:
    """HMAC-SHA256 of a payload under the journal's key, 64 hexadecimal signs."""
    return hmac.new(settings.JOURNAL_KEY.encode(), payload.encode(), hashlib.sha256).hexdigest()


def personal_digest(salt: str, value: str) -> str:
    """The digest under which a personal value stands in the chain; without its salt it says nothing."""
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()
