"""Views that SQL reads, in the database itself: answers for Datasette, DuckDB, psycopg."""
