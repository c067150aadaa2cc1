"""Files that people bring: contours (GeoJSON, GeoPackage, shapefile) and tables (CSV, XLSX, ODS).

Everything here reads bytes and says in sentences what is wrong or was mended; nothing here writes.
"""
