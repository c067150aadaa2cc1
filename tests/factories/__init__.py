"""Factories: the smallest true object of each kind, with traits for what a test needs."""
