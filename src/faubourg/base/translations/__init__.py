"""Catalogues without GNU gettext: what each room says in French, its English, and the compiled form.

For developers: Babel reads the sources and is not installed with the product.
"""
