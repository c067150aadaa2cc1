// Drawing an outline or a line: the map writes the text of a field, and reads it. Mouse, touch or keyboard.
import { box, openMap, say, standing } from "./geo-map.js";
import { Sketch } from "./sketch.js";

const L = window.L;
const field = document.getElementById(box.dataset.target);
const tools = document.getElementById("geo-tools");
const MOST_HANDLES = 160;
const STEP = 6;
const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

class Drawing {
  constructor(map) {
    this.map = map;
    this.sketch = new Sketch(box.dataset.mode);
    this.past = [];
    this.shape = L.layerGroup().addTo(map);
    this.handles = L.layerGroup().addTo(map);
    this.read();
    map.on("click", ({ latlng }) => this.place(latlng));
    map.on("moveend", () => this.showHandles());
    field.addEventListener("change", () => this.read());
    // A draft taken up again fills the whole form at once.
    field.form.addEventListener("input", ({ target }) => target === field.form && this.read());
    box.addEventListener("keydown", (event) => this.key(event));
    tools.addEventListener("click", ({ target }) => this.tool(target.closest("[data-tool]")?.dataset.tool));
    tools.hidden = false;
  }

  read() {
    this.sketch.read(field.value);
    this.show();
    this.fit();
  }

  fit() {
    const edges = this.sketch.bounds();
    if (edges) this.map.fitBounds(edges, { padding: [40, 40], maxZoom: 16, animate: false });
  }

  remember() {
    this.past.push(this.sketch.text());
    if (this.past.length > 100) this.past.shift();
  }

  write() {
    field.value = this.sketch.text();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  changed() {
    this.write();
    this.show();
  }

  place({ lat, lng }) {
    const near = (point) => this.map.latLngToContainerPoint([point[1], point[0]]);
    this.remember();
    this.sketch.place([lng, lat], near);
    this.changed();
  }

  tool(name) {
    if (name === "add") this.place(this.map.getCenter());
    if (name === "fit") this.fit();
    if (name === "clear" && !this.sketch.empty) {
      this.remember();
      this.sketch.read("");
      this.changed();
    }
    if (name === "undo" && this.past.length) {
      this.sketch.back(this.past.pop());
      this.changed();
    }
  }

  key(event) {
    if (event.target !== box || event.key !== "Enter") return;
    event.preventDefault();
    this.place(this.map.getCenter());
  }

  show() {
    this.drawShape();
    this.showHandles();
    const count = this.sketch.size;
    document.getElementById("geo-count").textContent = count ? say("count", { count }) : say("empty");
  }

  drawShape() {
    this.shape.clearLayers();
    const options = { className: "geo-sketch", weight: 3, interactive: false };
    for (const part of this.sketch.parts) {
      const rings = part.map((ring) => ring.map(([lon, lat]) => [lat, lon]));
      const closed = this.sketch.closes && rings[0].length > 2;
      (closed ? L.polygon(rings, options) : L.polyline(rings[0], options)).addTo(this.shape);
    }
  }

  showHandles() {
    this.handles.clearLayers();
    const view = this.map.getBounds().pad(0.1);
    const seen = this.sketch.vertices().filter(({ point: [lon, lat] }) => view.contains([lat, lon]));
    box.classList.toggle("geo-crowded", seen.length > MOST_HANDLES);
    if (seen.length > MOST_HANDLES) return;
    for (const vertex of seen) this.handle(vertex);
    for (const middle of this.sketch.middles()) {
      if (view.contains([middle.point[1], middle.point[0]])) this.middle(middle);
    }
  }

  handle(vertex) {
    const [lon, lat] = vertex.point;
    const icon = L.divIcon({ className: "geo-vertex", iconSize: [18, 18] });
    const mark = L.marker([lat, lon], { icon, draggable: true, autoPan: true }).addTo(this.handles);
    const node = mark.getElement();
    node.dataset.at = vertex.at.join("-");
    node.setAttribute("aria-label", say("vertex", { n: vertex.n, count: this.sketch.size }));
    node.addEventListener("keydown", (event) => this.vertexKey(event, mark, vertex));
    mark.on("dragstart", () => this.remember());
    mark.on("drag", () => this.follow(mark, vertex));
    mark.on("dragend", () => this.changed());
    mark.on("click", L.DomEvent.stopPropagation);
  }

  follow(mark, vertex) {
    const { lat, lng } = mark.getLatLng();
    this.sketch.move(vertex.at, [lng, lat]);
    this.drawShape();
  }

  vertexKey(event, mark, vertex) {
    if (event.key in MOVES) {
      const [across, down] = MOVES[event.key].map((way) => way * (event.shiftKey ? 1 : STEP));
      const spot = this.map.latLngToContainerPoint(mark.getLatLng()).add([across, down]);
      this.remember();
      mark.setLatLng(this.map.containerPointToLatLng(spot));
      this.follow(mark, vertex);
      this.write();
    } else if (["Delete", "Backspace"].includes(event.key)) {
      this.remember();
      this.sketch.remove(vertex.at);
      this.changed();
      (this.handles.getLayers()[Math.max(vertex.n - 2, 0)]?.getElement() ?? box).focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  middle({ at, point: [lon, lat] }) {
    const icon = L.divIcon({ className: "geo-middle", iconSize: [12, 12] });
    const mark = L.marker([lat, lon], { icon, draggable: true, keyboard: false }).addTo(this.handles);
    mark.getElement().title = say("middle");
    let grown = false;
    const grow = () => {
      if (grown) return;
      grown = true;
      this.remember();
      this.sketch.insert(at, [lon, lat]);
    };
    mark.on("dragstart", grow);
    mark.on("drag", () => this.follow(mark, { at }));
    mark.on("dragend", () => this.changed());
    mark.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      grow();
      this.changed();
    });
  }
}

async function start() {
  const map = openMap();
  const drawing = new Drawing(map);
  const seen = Number(box.dataset.seen);
  // At once: later, somebody may be writing there.
  if (!seen) document.querySelector(".geo-text")?.removeAttribute("open");
  const groups = await standing(null, ({ perimeter }, shape) => {
    // Where a line is drawn, the outline that it will cut is what one looks at.
    if (perimeter !== seen || drawing.sketch.closes) return;
    shape.setStyle({ weight: 4 });
    if (drawing.sketch.empty) map.fitBounds(shape.getBounds(), { padding: [50, 50], animate: false });
  });
  for (const [layer, group] of groups) if (layer !== "extent") group.addTo(map);
  drawing.shape.eachLayer((layer) => layer.bringToFront?.());
  box.dataset.ready = "true";
}

start();
