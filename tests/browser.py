"""The browser of the tests: Chromium as Debian packages it, which asks nothing of the network by itself."""

import shutil

# Without a window to draw, the same engine takes half the processor; either will do.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAUNCH: dict[str, object] = {"executable_path": CHROMIUM, "args": QUIET}
