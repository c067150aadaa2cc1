"""What the database counted of its tables, by which it chooses an index: counted again as they fill.

Counted on an empty table, SQLite goes through every meeting of the country to find those of a contract.
PostgreSQL counts by itself as rows come; it is only told after a load, which somebody waits for.
"""

from django.db import connection

# Rows of each index that SQLite looks at: enough to choose by, and an instant whatever the size.
SAMPLE = 1000


def count_rows() -> None:
    """Count now: after a load, and when a worker starts."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")
