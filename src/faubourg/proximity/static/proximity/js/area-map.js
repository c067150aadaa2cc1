// The map of an area: one frame asked of the server at each move; signs lead to the sheets of reports.
import { follow } from "../../site/js/basemap.js";
import { say, signs } from "./report-signs.js";

const L = window.L;
const box = document.getElementById("map");
const filters = document.getElementById("map-filters");
const failure = document.getElementById("map-failure");
const counted = document.getElementById("map-count");
const words = JSON.parse(document.getElementById("map-words").textContent);
const routes = JSON.parse(document.getElementById("map-routes").textContent);
const WAIT = 150;
function draw(map, held, data) {
  const within = box.contains(document.activeElement) && document.activeElement !== box;
  held.eachLayer((layer) => layer.isPopupOpen?.() || held.removeLayer(layer));
  for (const one of signs(map, data, words)) one.addTo(held);
  const total = data.reports.length + data.groups.reduce((sum, one) => sum + one[2], 0);
  counted.textContent = total ? say(words, "in_view", total) : words.none;
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
