"""Which perimeter, commune, EPCI and contract a point lies in, for a million points as for one.

*No* is an answer only where a layer is complete (`coverage.toml`); elsewhere the answer is *unknown here*.
Its modules are imported one by one: polars costs half a second that most commands need not pay.
"""
