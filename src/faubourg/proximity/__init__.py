"""Proximity (GUP): areas and partners, walks, residents’ reports and their repair, conventions."""
