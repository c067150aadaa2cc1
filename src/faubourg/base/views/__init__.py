"""Thin views: validate, call one service or query, answer."""
