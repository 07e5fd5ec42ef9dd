"""Standards over whole populations: the tree of a standard as expressions of an engine of columns.

`layout` says how firms stand in columns, `steps` what a standard asks of them, `emitter` how that is said in
the words of a `dialect`. `sql` writes it for DuckDB and its like, `judged` runs it in Polars. What they give
is what the interpreter gives. This package alone imports Polars and DuckDB, and nothing else in `law`
imports it: a server does not need them.
"""
