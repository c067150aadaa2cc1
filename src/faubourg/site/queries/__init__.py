"""Reads that gather several rooms for one page."""
