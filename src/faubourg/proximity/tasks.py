"""Long work of this room: messages that leave."""

from faubourg.base import jobs

from .services import news as services


@jobs.task(services.TASK)
def tell(progress: jobs.Progress, *, news: int) -> None:
    """Send one message; run twice, it is sent once."""
    services.send(pk=news)
