// The halts of a walk on the map: the map writes the rows of the form, and reads them. Mouse, touch or keyboard.
import { box, openMap, say } from "../../territories/js/geo-map.js";

const L = window.L;
const STEP = 6;
const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const rows = [...document.querySelectorAll(".walk-row")].map((row) => ({
  name: row.querySelector("input[name$=-name]"),
  order: row.querySelector("input[name$=-order]"),
  point: row.querySelector("input[name$=-point]"),
}));
const line = document.getElementById("id_line");
const tools = document.getElementById("geo-tools");
const told = document.getElementById("geo-count");

const written = ({ lat, lng }) => `${lng.toFixed(6)} ${lat.toFixed(6)}`;

function read(text) {
  const found = text.trim().match(/^(-?[\d.,]+)[;,\s]+(-?[\d.,]+)$/);
  if (!found) return null;
  const [lng, lat] = found.slice(1).map((part) => Number(part.replace(",", ".")));
  return Number.isFinite(lng) && Number.isFinite(lat) ? L.latLng(lat, lng) : null;
}

class Stops {
  constructor(map) {
    this.map = map;
    this.marks = L.layerGroup().addTo(map);
    this.way = L.layerGroup().addTo(map);
    this.chosen = null;
    this.tracing = false;
    for (const row of rows) {
      for (const input of Object.values(row)) {
        input.addEventListener("focus", () => { this.chosen = row; });
        input.addEventListener("change", () => this.show());
      }
    }
    line.addEventListener("change", () => this.show());
    map.on("click", ({ latlng }) => this.place(latlng));
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.key !== "Enter") return;
      event.preventDefault();
      this.place(map.getCenter());
    });
    tools.addEventListener("click", ({ target }) => this.tool(target.closest("[data-tool]")?.dataset.tool));
    tools.hidden = false;
    this.show();
    // A walk is a few streets: closer than the maps of a whole town open.
    const points = this.placed().map(({ at }) => at);
    if (points.length) map.fitBounds(L.latLngBounds(points), { padding: [60, 60], maxZoom: 17, animate: false });
  }

  tool(name) {
    if (name === "add") this.place(this.map.getCenter());
    if (name === "undo") this.write(this.trace().slice(0, -1));
    if (name !== "stop" && name !== "trace") return;
    this.tracing = name === "trace";
    for (const button of tools.querySelectorAll("[aria-pressed]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === name));
    }
  }

  trace() {
    return line.value.split("\n").map(read).filter(Boolean);
  }

  write(points) {
    line.value = points.map(written).join("\n");
    line.dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
  }

  place(latlng) {
    if (this.tracing) {
      this.write([...this.trace(), latlng]);
      return;
    }
    // The row that one is writing if it has no point yet, else the first that has none.
    const free = this.chosen && !this.chosen.point.value.trim() ? this.chosen : null;
    const row = free ?? rows.find(({ point }) => !point.value.trim());
    if (!row) {
      told.textContent = say("full");
      return;
    }
    this.move(row, latlng);
    told.textContent = say("placed", { n: rows.indexOf(row) + 1 });
    row.name.focus({ preventScroll: true });
  }

  move(row, latlng) {
    row.point.value = written(latlng);
    row.point.dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
  }

  placed() {
    const rank = ({ order }) => Number(order.value) || 99;
    return rows
      .map((row) => ({ row, at: read(row.point.value) }))
      .filter(({ at }) => at)
      .sort((one, two) => rank(one.row) - rank(two.row));
  }

  show() {
    this.marks.clearLayers();
    this.way.clearLayers();
    const placed = this.placed();
    const trace = this.trace();
    const points = trace.length > 1 ? trace : placed.map(({ at }) => at);
    L.polyline(points, { className: "geo-sketch", weight: 4, interactive: false }).addTo(this.way);
    placed.forEach(({ row, at }, index) => this.mark(row, at, index + 1));
    told.textContent = trace.length ? say("traced", { count: trace.length }) : say("untraced");
  }

  mark(row, at, n) {
    const icon = L.divIcon({ className: "walk-pin", iconSize: [30, 30], html: `<span>${n}</span>` });
    const mark = L.marker(at, { icon, draggable: true, autoPan: true }).addTo(this.marks);
    const node = mark.getElement();
    node.setAttribute("aria-label", say("stop", { n }));
    node.addEventListener("keydown", (event) => this.key(event, mark, row, n));
    mark.on("dragend", () => this.move(row, mark.getLatLng()));
    mark.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      row.name.focus();
    });
  }

  key(event, mark, row, n) {
    if (!(event.key in MOVES)) return;
    const [across, down] = MOVES[event.key].map((way) => way * (event.shiftKey ? 1 : STEP));
    const spot = this.map.latLngToContainerPoint(mark.getLatLng()).add([across, down]);
    this.move(row, this.map.containerPointToLatLng(spot));
    [...box.querySelectorAll(".walk-pin")].find((pin) => pin.textContent === String(n))?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

new Stops(openMap());
box.dataset.ready = "true";
