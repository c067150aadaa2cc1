"""Spreadsheets of figures: what a heading, a cell, a vintage and a printed total say."""
