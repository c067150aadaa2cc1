"""The acts of the journal about what comes from the field notebooks."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Mapping[str, str | Promise] = {
    "observation.noted": _("observation reçue du terrain"),
    "observation.reworded": _("observation récrite sur le terrain"),
}
VALUES: Mapping[str, str | Promise] = {
    "revision": _("version du carnet"),
}
