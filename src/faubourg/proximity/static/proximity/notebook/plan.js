// The itinerary drawn without any map: its line, its halts, numbered; north is up.
const SVG = "http://www.w3.org/2000/svg";
const WIDE = 320;
const HIGH = 180;
const EDGE = 18;

function element(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

export function draw(svg, walk, label) {
  const line = walk.route?.coordinates ?? [];
  const stops = walk.stops.filter((stop) => stop.lon !== null && stop.lat !== null);
  const points = [...line, ...stops.map((stop) => [stop.lon, stop.lat])];
  svg.replaceChildren();
  svg.toggleAttribute("hidden", points.length < 2);
  if (points.length < 2) return;
  const flat = Math.cos((points[0][1] * Math.PI) / 180);
  const xs = points.map((point) => point[0] * flat);
  const ys = points.map((point) => point[1]);
  const [west, south] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max((Math.max(...xs) - west) / (WIDE - 2 * EDGE), (Math.max(...ys) - south) / (HIGH - 2 * EDGE), 1e-7);
  const at = ([lon, lat]) => [(EDGE + (lon * flat - west) / span).toFixed(1), (HIGH - EDGE - (lat - south) / span).toFixed(1)];
  svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
  svg.setAttribute("aria-label", label);
  if (line.length > 1) svg.append(element("polyline", { points: line.map((point) => at(point).join(",")).join(" "), class: "plan-line" }));
  stops.forEach((stop, rank) => {
    const [x, y] = at([stop.lon, stop.lat]);
    svg.append(element("circle", { cx: x, cy: y, r: 9, class: "plan-stop" }));
    svg.append(element("text", { x, y, dy: "0.35em", class: "plan-number" }, String(rank + 1)));
  });
}
