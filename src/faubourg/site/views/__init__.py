"""Thin views: validate, call one service or query, show the page."""
