#!/usr/bin/env python
"""The framework's own entry point, for editors and tools; people use `faubourg`."""

from faubourg.site.cli import main

if __name__ == "__main__":
    main()
