"""A QR code as an SVG drawing: dark squares as one path, four quiet squares around (ISO/IEC 18004)."""

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

# A sheet in a hall is scratched and faded: a quarter of it may be lost.
QUIET = 4


def svg_of(address: str) -> str:
    """The drawing of an address, black on white, one unit a square."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#ffffff"/><path d="{path}" fill="#000000"/></svg>'
    )
