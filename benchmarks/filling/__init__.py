"""Data that benchmarks measure on."""
