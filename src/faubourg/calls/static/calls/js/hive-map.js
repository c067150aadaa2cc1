// The hive on the map: a sign a place with its projects, gathered where they are too near, asked at each move.
import { box, openMap, say } from "../../territories/js/geo-map.js";

const L = window.L;
const WAIT = 150;
const failure = document.getElementById("map-failure");
// Labels stand at least so far from each other, in pixels.
const GAP = { x: 130, y: 26 };
const LONGEST = 34;

const told = (count) => (count === 1 ? say("project") : say("projects", { count }));

function node(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

function link(address, text) {
  const made = node("a", "", text);
  made.href = address;
  return made;
}

const projectsOf = ({ code, projects }) =>
  link(box.dataset.list.replace("PLACE", encodeURIComponent(code)), told(projects));

// Two places may bear one name: a neighbourhood of 2015 and its successor.
const titleOf = ({ url, name, code }) => [link(url, name), " ", node("code", "", code)];

const placePopup = (place, basis) =>
  node(
    "div",
    "",
    node("p", "", ...titleOf(place)),
    node("p", "", projectsOf(place)),
    basis === "commune" && node("p", "map-basis", say("borrowed")),
  );

const pilePopup = ({ members, places }) =>
  node(
    "div",
    "",
    node("ul", "", ...members.map((place) => node("li", "", ...titleOf(place), " · ", projectsOf(place)))),
    places > members.length && node("p", "muted", say("more", { count: places - members.length })),
  );

function named({ place, projects, places, members }) {
  if (place) return say("at", { place: place.name, projects: told(projects) });
  return say(members ? "pile" : "group", { projects: told(projects), count: places });
}

function sign(map, { properties, geometry }) {
  const [lon, lat] = geometry.coordinates;
  const size = Math.min(28 + 4 * Math.log2(properties.projects), 56);
  const borrowed = properties.basis === "commune" ? " sign-borrowed" : "";
  const icon = L.divIcon({
    className: `sign sign-quartiers${borrowed}`,
    html: String(properties.projects),
    iconSize: [size, size],
  });
  const mark = L.marker([lat, lon], { icon, riseOnHover: true, zIndexOffset: 500 });
  mark.on("add", () => mark.getElement().setAttribute("aria-label", named(properties)));
  if (properties.bounds) {
    const [west, south, east, north] = properties.bounds;
    mark.on("click", () => map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: 16 }));
  } else {
    const { place, basis } = properties;
    mark.bindPopup(() => (place ? placePopup(place, basis) : pilePopup(properties)), { minWidth: 200 });
  }
  return mark;
}

// Names under the signs that stand alone, as long as they do not run into each other.
function label(map, features, layer) {
  const taken = [];
  for (const { properties, geometry } of features) {
    if (!properties.place) continue;
    const at = L.latLng(geometry.coordinates[1], geometry.coordinates[0]);
    const { x, y } = map.latLngToContainerPoint(at);
    if (taken.some((other) => Math.abs(other.x - x) < GAP.x && Math.abs(other.y - y) < GAP.y)) continue;
    taken.push({ x, y });
    const { name } = properties.place;
    const short = name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
    const icon = L.divIcon({ className: "landmark", html: node("span", "", short), iconSize: [0, 0] });
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(layer);
  }
}

function draw(map, held, features) {
  const within = box.contains(document.activeElement) && document.activeElement !== box;
  held.names.clearLayers();
  held.signs.eachLayer((layer) => layer.isPopupOpen() || held.signs.removeLayer(layer));
  for (const feature of features) sign(map, feature).addTo(held.signs);
  label(map, features, held.names);
  if (within && !box.contains(document.activeElement)) box.focus();
}

let asked;

async function refresh(map, held) {
  asked?.abort();
  asked = new AbortController();
  const edges = map.getBounds();
  const frame = [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
  const address = new URL(box.dataset.url, location);
  address.searchParams.set("bbox", frame.map((edge) => edge.toFixed(4)).join(","));
  address.searchParams.set("zoom", Math.round(map.getZoom()));
  try {
    const answer = await fetch(address, { signal: asked.signal });
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.error);
    failure.hidden = true;
    draw(map, held, data.features);
    box.dataset.ready = "true";
  } catch (error) {
    if (error.name === "AbortError") return;
    failure.textContent = say("failed");
    failure.hidden = false;
  }
}

const map = openMap();
const held = { names: L.layerGroup().addTo(map), signs: L.layerGroup().addTo(map) };
let timer;
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(() => refresh(map, held), WAIT);
};
map.on("moveend", soon);
window.addEventListener("online", soon);
refresh(map, held);
