"""The gateways that come with Faubourg: e-mail through the site's own backend, SMS in a file.

A town names its own SMS service in `FAUBOURG_SMS_GATEWAY` (the dotted path of a `Gateway`).
"""

import hashlib
from email.utils import parseaddr
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from faubourg.base.text import fold

from .message import Gateway, Message, NotSent


class EmailGateway:
    """One e-mail; the same cause has the same Message-ID, so that a second one is known for what it is."""

    def send(self, message: Message) -> None:
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
        headers = {
            "Message-ID": f"<{_digest(message.cause)}@{domain}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        }
        mail = EmailMessage(message.subject, message.text, None, [message.to], headers=headers)
        try:
            mail.send()
        except (OSError, SMTPException) as wrong:
            raise NotSent(str(wrong)) from wrong


class FileSmsGateway:
    """Each SMS a file of `SMS_FILE_PATH`, named after its cause: for a demonstration, or to be relayed."""

    def send(self, message: Message) -> None:
        folder = Path(settings.SMS_FILE_PATH)
        name = f"{fold(message.cause).replace(' ', '-')[:60]}-{_digest(message.cause)[:12]}.txt"
        whole = folder / f".{name}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / name).exists():
                return
            whole.write_text(f"{message.to}\n\n{message.text}\n", encoding="utf-8")
            whole.replace(folder / name)
        except OSError as wrong:
            raise NotSent(str(wrong)) from wrong


def gateway_for(channel: str) -> Gateway:
    """That of a channel which a machine can serve: e-mail or SMS. KeyError for the others."""
    paths = {"email": settings.EMAIL_GATEWAY, "sms": settings.SMS_GATEWAY}
    gateway: Gateway = import_string(paths[channel])()
    return gateway


def _digest(cause: str) -> str:
    return hashlib.sha256(cause.encode()).hexdigest()[:32]
