"""Lists told once: their columns, filters, order, pages and files, the same on every page that lists.

    neighbourhoods = Listing(
        title=_("Quartiers"),
        columns=[Column("nom", _("Nom"), value="name", sort=("name_key",), url=Territory.get_absolute_url)],
        default_sort="nom",
        filter_form=NeighbourhoodFilter,
    )
    return neighbourhoods.respond(request, queryset)

The address says everything: `?tri=-nom`, `?page=2`, `?format=ods`, and the fields of the filter form.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, Protocol, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import ordering, pdf, tables
from .cells import shown
from .listing_parts import Cell, Header, Link
from .ordering_few import FewNames, few_names

# A file holds at most so many rows, and says when there were more.
MOST_ROWS = 50_000
MOST_PDF_ROWS = 2_000
LONG = 2_000
FileFormat = tables.Format | Literal["pdf"]
FORMATS: dict[Any, str] = {"csv": "CSV", "xlsx": "Excel", "ods": "OpenDocument", "pdf": "PDF"}


class FilterForm(Protocol):
    """A form whose fields are all optional and which narrows a queryset."""

    def is_valid(self) -> bool: ...

    def apply(self, queryset: QuerySet[Any]) -> QuerySet[Any]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column. `value` gives what the files hold, from the object or by the path of an attribute.

    `sort` are the fields it is ordered by (None: it is not); `show` is what the page shows instead of
    the value, `url` where the cell leads.
    """

    name: str
    label: Any
    value: Callable[[Any], object] | str
    sort: tuple[str, ...] | None = None
    numeric: bool = False
    url: Callable[[Any], str] | None = None
    show: Callable[[Any], object] | None = None

    def value_of(self, item: object) -> object:
        """The plain value of one object's cell."""
        return attrgetter(self.value)(item) if isinstance(self.value, str) else self.value(item)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list, declared once at module level. `caption_lines` say where the figures come from (files)."""

    title: Any
    columns: Sequence[Column]
    default_sort: str
    filter_form: Callable[[Any], FilterForm] | None = None
    page_size: int = 50
    caption_lines: Callable[[], Sequence[str]] | Sequence[str] = ()
    # Its rows are wide and many: on every page their keys are sorted alone, one query more, two when they are
    # ordered by the name of something else.
    keys_first: bool = False

    def bind(self, request: HttpRequest, queryset: QuerySet[Any]) -> "BoundListing":
        """The list as this address asks for it."""
        return BoundListing(self, request, queryset)

    def respond(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        template: str = "kinds/list.html",
        context: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """The page, or the file that `?format=` asks for; an unknown format is a 400 that shows the list."""
        bound = self.bind(request, queryset)
        asked = request.GET.get("format", "")
        if asked in FORMATS:
            return bound.file(cast(FileFormat, asked))
        status = 200
        if asked:
            status = 400
            bound.notices.append(
                _("Le format « {asked} » n’existe pas. Formats possibles : {formats}.").format(
                    asked=asked[:20], formats=", ".join(FORMATS)
                )
            )
        return render(request, template, {"listing": bound, **(context or {})}, status=status)


class BoundListing:
    """One list under one address: what the template reads. Nothing is queried before it is read."""

    def __init__(self, listing: Listing, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.listing = listing
        self.request = request
        self.title = listing.title
        self.notices: list[str] = []
        self.filter_form = listing.filter_form(request.GET) if listing.filter_form else None
        self.sort = self._known_sort()
        self.queryset = self._ordered(self._filtered(queryset))
        # Read now, so that its notice stands before the template begins.
        self._page_number = self._asked_page()

    def _filtered(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.filter_form is None:
            return queryset
        if self.filter_form.is_valid():
            return self.filter_form.apply(queryset)
        self.notices.append(_("Un filtre n’a pas été compris ; la liste est montrée sans filtre."))
        return queryset

    def _known_sort(self) -> str:
        asked = self.request.GET.get("tri", "")
        if not asked or asked.removeprefix("-") in self._sorts():
            return asked or self.listing.default_sort
        self.notices.append(
            _("Le tri « {asked} » n’existe pas ; la liste est dans son ordre habituel.").format(
                asked=asked[:40]
            )
        )
        return self.listing.default_sort

    def _sorts(self) -> dict[str, tuple[str, ...]]:
        return {column.name: column.sort for column in self.listing.columns if column.sort}

    def _ordered(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        fields = self._sorts()[self.sort.removeprefix("-")]
        return ordering.stable(queryset, fields, descending=self.sort.startswith("-"))

    def _asked_page(self) -> int:
        asked = self.request.GET.get("page", "") or "1"
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 10 and int(asked)):
            self.notices.append(
                _("La page « {asked} » n’existe pas ; voici la première.").format(asked=asked[:20])
            )
            return 1
        number = int(asked)
        if number > 1 and number > self._paginator.num_pages:
            last = self._paginator.num_pages
            self.notices.append(
                ngettext(
                    "La page {asked} n’existe pas : la liste n’a qu’une page.",
                    "La page {asked} n’existe pas : voici la dernière, la page {last}.",
                    last,
                ).format(asked=number, last=last)
            )
            return last
        return number

    @cached_property
    def _paginator(self) -> Paginator[Any]:
        paginator = Paginator(self.queryset, self.listing.page_size)
        if self._few:
            paginator.__dict__["count"] = self._few.total
        return paginator

    @cached_property
    def _few(self) -> FewNames | None:
        """What orders these many rows, when it is the name of something else."""
        fields = self._sorts()[self.sort.removeprefix("-")]
        keys_first = self.listing.keys_first and ordering.has_keys(self.queryset)
        return few_names(self.queryset, fields, descending=self.sort.startswith("-")) if keys_first else None

    @property
    def total(self) -> int:
        """How many rows answer the filter; counted once."""
        return self._paginator.count

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for."""
        page = self._paginator.page(self._page_number)
        start, stop = max(page.start_index() - 1, 0), page.end_index()
        if self._few:
            page.object_list = ordering.rows_at(self.queryset, self._few.keys(start, stop))
        elif self.listing.keys_first and ordering.has_keys(self.queryset):
            keys = ordering.keys_between(self.queryset, start, stop, self.total)
            page.object_list = ordering.rows_at(self.queryset, keys)
        else:
            page.object_list = ordering.rows_of(self.queryset, page.object_list, start)
        return page

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """The cells of the page."""
        columns = [(column, str(column.label)) for column in self.listing.columns]
        return [[_cell(column, label, item) for column, label in columns] for item in self.page.object_list]

    @cached_property
    def headers(self) -> list[Header]:
        """The columns' heads; following one sorts by it, following it again turns the order."""
        return [self._header(column) for column in self.listing.columns]

    def _header(self, column: Column) -> Header:
        if not column.sort:
            return Header(column.name, column.label, column.numeric, None, None)
        aria_sort, other = None, column.name
        if self.sort == column.name:
            aria_sort, other = "ascending", f"-{column.name}"
        elif self.sort == f"-{column.name}":
            aria_sort = "descending"
        return Header(column.name, column.label, column.numeric, self.url(tri=other, page=None), aria_sort)

    @cached_property
    def export_links(self) -> list[Link]:
        """The same rows, all pages, as files."""
        return [Link(name, label, self.url(format=name, page=None)) for name, label in FORMATS.items()]

    def url(self, **changes: str | None) -> str:
        """This address with some parameters changed (None: removed); the filters stay."""
        query = self.request.GET.copy()
        for name in ("format", *(name for name, value in changes.items() if value is None)):
            query.pop(name, None)
        for name, value in changes.items():
            if value is not None:
                query[name] = value
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def file(self, fmt: FileFormat) -> HttpResponse:
        """All rows in one file, up to a limit that the file states; a long CSV leaves a line at a time."""
        most = MOST_PDF_ROWS if fmt == "pdf" else MOST_ROWS
        title = str(self.title)
        headers = [str(column.label) for column in self.listing.columns]
        lines = self._caption_lines(most)
        if fmt == "csv" and self.total > LONG:
            content: Any = tables.csv_lines(headers, self._values(most), title=title, caption_lines=lines)
        elif fmt == "pdf":
            numeric = [column.numeric for column in self.listing.columns]
            content = pdf.table(title, headers=headers, numeric=numeric, rows=self._values(most), lines=lines)
        else:
            content = tables.write(
                fmt, title=title, headers=headers, rows=self._values(most), caption_lines=lines
            )
        kind: Any = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
        response = kind(content, content_type=tables.MEDIA_TYPES[fmt])
        name = f"{slugify(title) or 'liste'}-{localdate():%Y-%m-%d}.{fmt}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _values(self, most: int) -> Iterator[list[object]]:
        for item in ordering.in_lots(self.queryset, most=most):
            yield [column.value_of(item) for column in self.listing.columns]

    def _caption_lines(self, most: int) -> list[str]:
        told = self.listing.caption_lines
        lines = [str(line) for line in (told() if callable(told) else told)]
        if self.total > most:
            lines.insert(
                0,
                _("Ce fichier s’arrête à {most} lignes sur {total} : filtrez pour avoir le reste.").format(
                    most=shown(most, grouped=True), total=shown(self.total, grouped=True)
                ),
            )
        return [*lines, _("Extrait de Faubourg le {day}.").format(day=shown(localdate()))]


def _cell(column: Column, label: str, item: object) -> Cell:
    text = column.show(item) if column.show else shown(column.value_of(item), grouped=column.numeric)
    return Cell(label, text, column.url(item) if column.url else None, column.numeric)
