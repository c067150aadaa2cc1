// Rectangles drawn over a photograph: the form's lines stay the only truth, so they can be typed as well.
const picture = document.querySelector("[data-redact]");
const lines = document.querySelector("[name=rectangles]");
const tools = document.querySelector("[data-redact-tools]");

if (picture && lines) {
  const svg = picture.querySelector("svg");
  const NS = "http://www.w3.org/2000/svg";
  let start = null;
  let shape = null;

  const place = (event) => {
    const box = svg.getBoundingClientRect();
    const within = (value) => Math.min(100, Math.max(0, value));
    return {
      x: within((100 * (event.clientX - box.left)) / box.width),
      y: within((100 * (event.clientY - box.top)) / box.height),
    };
  };

  const draw = (rect, one, other) => {
    rect.setAttribute("x", Math.min(one.x, other.x));
    rect.setAttribute("y", Math.min(one.y, other.y));
    rect.setAttribute("width", Math.abs(one.x - other.x));
    rect.setAttribute("height", Math.abs(one.y - other.y));
  };

  const typed = () =>
    lines.value
      .split("\n")
      .map((line) => line.replaceAll(",", ".").trim().split(/\s+/).map(Number))
      .filter((four) => four.length === 4 && four.every(Number.isFinite));

  const show = () => {
    svg.replaceChildren(
      ...typed().map(([x1, y1, x2, y2]) => {
        const rect = document.createElementNS(NS, "rect");
        draw(rect, { x: x1, y: y1 }, { x: x2, y: y2 });
        return rect;
      }),
    );
  };

  svg.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    start = place(event);
    shape = document.createElementNS(NS, "rect");
    svg.append(shape);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start) draw(shape, start, place(event));
  });
  svg.addEventListener("pointerup", (event) => {
    if (!start) return;
    const end = place(event);
    // A tap is not a rectangle.
    if (Math.abs(end.x - start.x) > 0.5 && Math.abs(end.y - start.y) > 0.5) {
      const four = [start.x, start.y, end.x, end.y].map((one) => one.toFixed(2)).join(" ");
      lines.value = lines.value.trim() ? `${lines.value.trim()}\n${four}` : four;
    }
    start = null;
    show();
  });
  svg.addEventListener("pointercancel", () => {
    start = null;
    show();
  });
  lines.addEventListener("input", show);
  tools.hidden = false;
  tools.querySelector("[data-undo]").addEventListener("click", () => {
    lines.value = lines.value.trim().split("\n").slice(0, -1).join("\n");
    show();
  });
}
