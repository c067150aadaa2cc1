// The map of an area: one frame asked of the server at each move; signs lead to the sheets of reports.
import { follow } from "../../site/js/basemap.js";

const L = window.L;
const box = document.getElementById("map");
const filters = document.getElementById("map-filters");
const failure = document.getElementById("map-failure");
const counted = document.getElementById("map-count");
const words = JSON.parse(document.getElementById("map-words").textContent);
const routes = JSON.parse(document.getElementById("map-routes").textContent);
const WAIT = 150;
const lang = document.documentElement.lang;

const say = (key, count) => words[key].replace("{count}", new Intl.NumberFormat(lang).format(count));

function node(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

function told([, , reference, category, state, day, text]) {
  const link = node("a", "", words.categories[category] ?? reference);
  link.href = words.ticket.replace("REFERENCE", encodeURIComponent(reference));
  const when = new Date(`${day}T12:00`).toLocaleDateString(lang);
  return node("div", "", link, node("p", "muted", `${words.states[state]} · ${when}`), text && node("p", "", text));
}

function sign([lat, lon], className, label, text, size) {
  const icon = L.divIcon({ className: `sign ${className}`, html: text, iconSize: [size, size] });
  const made = L.marker([lat, lon], { icon, riseOnHover: true });
  made.on("add", () => made.getElement().setAttribute("aria-label", label));
  return made;
}

function group(map, [lon, lat, count, [west, south, east, north]]) {
  const size = Math.min(26 + 3 * Math.log2(count), 50);
  const made = sign([lat, lon], "sign-group", say("group", count), String(count), size);
  return made.on("click", () => map.fitBounds([[south, west], [north, east]]));
}

function reports(found) {
  const places = new Map();
  for (const one of found) {
    const place = `${one[0]} ${one[1]}`;
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  return [...places.values()].map((pile) => {
    const [lon, lat, , category, state] = pile[0];
    const alone = pile.length === 1;
    const label = alone ? (words.categories[category] ?? "") : say("pile", pile.length);
    const kind = alone ? (state === "closed" ? "sign-repaired" : "sign-report") : "sign-group";
    const made = sign([lat, lon], kind, label, alone ? "" : String(pile.length), alone ? 26 : 32);
    return made.bindPopup(() => node("div", "", ...pile.map(told)), { minWidth: 220, maxHeight: 300 });
  });
}

function draw(map, held, data) {
  const within = box.contains(document.activeElement) && document.activeElement !== box;
  held.eachLayer((layer) => layer.isPopupOpen?.() || held.removeLayer(layer));
  for (const one of data.groups) group(map, one).addTo(held);
  for (const one of reports(data.reports)) one.addTo(held);
  const total = data.reports.length + data.groups.reduce((sum, one) => sum + one[2], 0);
  counted.textContent = total ? say("in_view", total) : words.none;
  if (within && !box.contains(document.activeElement)) box.focus();
}

let asked;

async function refresh(map, held) {
  asked?.abort();
  asked = new AbortController();
  const edges = map.getBounds();
  const frame = [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
  const query = new URLSearchParams(new FormData(filters));
  query.set("bbox", frame.map((edge) => edge.toFixed(5)).join(","));
  query.set("zoom", map.getZoom());
  try {
    const answer = await fetch(`${box.dataset.url}?${query}`, { signal: asked.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    draw(map, held, await answer.json());
    failure.hidden = true;
  } catch (error) {
    if (error.name === "AbortError") return;
    failure.textContent = words.failed;
    failure.hidden = false;
  }
}

function opening(map) {
  const [zoom, lat, lon] = location.hash.slice(1).split("/").map(Number);
  if (location.hash && [zoom, lat, lon].every(Number.isFinite)) return map.setView([lat, lon], zoom);
  const [west, south, east, north] = box.dataset.frame.split(",").map(Number);
  return map.fitBounds([[south, west], [north, east]], { animate: false, maxZoom: 16 });
}

function start() {
  box.replaceChildren();
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { zoomControl: false, maxZoom: 19, minZoom: 4, zoomAnimation: !calm, fadeAnimation: !calm });
  opening(map);
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  follow(map, box.dataset.basemap, box.dataset.attribution);
  for (const { name, route } of routes) {
    const line = L.geoJSON(route, { style: { className: "walk-route", weight: 4 } }).addTo(map);
    line.bindTooltip(() => `${words.walk} ${name}`);
  }
  const held = L.layerGroup().addTo(map);
  let timer;
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    history.replaceState(null, "", `#${map.getZoom()}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
    clearTimeout(timer);
    timer = setTimeout(() => refresh(map, held), WAIT);
  });
  window.addEventListener("online", () => refresh(map, held));
  refresh(map, held);
}

start();
