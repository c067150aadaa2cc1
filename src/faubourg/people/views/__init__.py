"""Thin views: check the right, validate, call one service or query, show the page."""
