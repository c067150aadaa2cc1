"""A kept document, handed over."""

from django.http import FileResponse

from faubourg.base.models import Document


def handed(document: Document) -> FileResponse:
    """The file as a download, under the name and the kind it was received with."""
    return FileResponse(
        document.file.open("rb"), as_attachment=True, filename=document.name, content_type=document.media_type
    )
