// The map: one frame asked of the server at each move, drawn over a basemap that may be absent.
import { follow } from "./basemap.js";
import { reportsOn } from "./map-reports.js";
import { contourPopup, groupPopup, say, spotPopup, writeList } from "./map-words.js";

const L = window.L;
const box = document.getElementById("map");
const filters = document.getElementById("map-filters");
const failure = document.getElementById("map-failure");
const WAIT = 150;
const DEEPEST = 19;

function opening() {
  const [zoom, lat, lon] = location.hash.slice(1).split("/").map(Number);
  if (location.hash && [zoom, lat, lon].every(Number.isFinite)) return { zoom, lat, lon };
  return { zoom: Number(box.dataset.zoom), lat: Number(box.dataset.lat), lon: Number(box.dataset.lon) };
}

function chosen() {
  const form = new FormData(filters);
  return { generation: form.get("generation"), couches: form.getAll("couches").join(",") };
}

function signOf(properties) {
  const { layer, count, basis } = properties;
  const size = count === 1 ? 24 : Math.min(30 + 4 * Math.log2(count), 56);
  // Groups of contracts step aside, so that they hide no group of neighbourhoods.
  const aside = layer === "contrats" && count > 1 ? -4 : size / 2;
  const borrowed = count === 1 && basis === "commune" ? " sign-borrowed" : "";
  return L.divIcon({
    className: `sign sign-${layer}${borrowed}`,
    html: count === 1 ? "" : String(count),
    iconSize: [size, size],
    iconAnchor: [aside, aside],
  });
}

function marker(map, feature) {
  const { properties, geometry } = feature;
  const [lon, lat] = geometry.coordinates;
  const sign = L.marker([lat, lon], { icon: signOf(properties), riseOnHover: true });
  const named = properties.name ?? say(properties.members ? "pile" : "group", {
    count: properties.count,
    what: say(`${properties.layer}_many`),
  });
  sign.on("add", () => sign.getElement().setAttribute("aria-label", named));
  if (properties.bounds) {
    const [west, south, east, north] = properties.bounds;
    sign.on("click", () => map.fitBounds([[south, west], [north, east]], { padding: [40, 40], maxZoom: 15 }));
  } else {
    sign.bindPopup(() => (properties.members ? groupPopup(properties) : spotPopup(properties)), { minWidth: 220 });
  }
  return sign;
}

function outline(feature) {
  const { layer, kind } = feature.properties;
  const shape = L.geoJSON(feature, {
    interactive: layer !== "communes",
    style: { className: `shape shape-${layer} shape-${kind}`, weight: 2 },
  });
  if (layer !== "communes") shape.bindPopup(() => contourPopup(feature.properties), { minWidth: 220 });
  return shape;
}

function landmark([name, lon, lat]) {
  const label = document.createElement("span");
  label.textContent = name;
  const icon = L.divIcon({ className: "landmark", html: label, iconSize: [0, 0] });
  return L.marker([lat, lon], { icon, interactive: false, keyboard: false });
}

function draw(map, held, data) {
  const within = box.contains(document.activeElement) && document.activeElement !== box;
  const open = map.getPane("popupPane").childElementCount > 0;
  held.back.clearLayers();
  if (!open) held.front.clearLayers();
  else held.front.eachLayer((layer) => layer.isPopupOpen() || held.front.removeLayer(layer));
  for (const place of data.landmarks) landmark(place).addTo(held.back);
  for (const feature of data.features) {
    if (feature.geometry.type === "Point") marker(map, feature).addTo(held.front);
    else outline(feature).addTo(held.back);
  }
  writeList(data.list);
  if (within && !box.contains(document.activeElement)) box.focus();
}

let asked;

async function refresh(map, held) {
  asked?.abort();
  asked = new AbortController();
  const edges = map.getBounds();
  const frame = [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
  const query = new URLSearchParams({
    bbox: frame.map((edge) => edge.toFixed(4)).join(","),
    zoom: map.getZoom(),
    ...chosen(),
  });
  try {
    const response = await fetch(`${box.dataset.url}?${query}`, { signal: asked.signal });
    const data = await response.json();
    if (!response.ok) throw new Error(data.error);
    failure.hidden = true;
    draw(map, held, data);
  } catch (error) {
    if (error.name === "AbortError") return;
    failure.textContent = say("failed");
    failure.hidden = false;
  }
}

function remember(map) {
  const { lat, lng } = map.getCenter();
  const url = new URL(location);
  url.searchParams.set("generation", chosen().generation);
  url.searchParams.delete("couches");
  for (const layer of new FormData(filters).getAll("couches")) url.searchParams.append("couches", layer);
  url.hash = `${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
  history.replaceState(null, "", url);
}

function start() {
  const { zoom, lat, lon } = opening();
  box.replaceChildren();
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    zoomControl: false,
    maxZoom: DEEPEST,
    minZoom: 3,
    worldCopyJump: true,
    fadeAnimation: !calm,
    zoomAnimation: !calm,
    markerZoomAnimation: !calm,
  }).setView([lat, lon], zoom);
  if (box.dataset.bounds && !location.hash) {
    const [west, south, east, north] = JSON.parse(box.dataset.bounds);
    map.fitBounds([[south, west], [north, east]], { animate: false });
  }
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  follow(map, box.dataset.basemap, box.dataset.attribution);
  const held = { back: L.layerGroup().addTo(map), front: L.layerGroup().addTo(map) };
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => refresh(map, held), WAIT);
  };
  map.on("moveend", () => {
    remember(map);
    soon();
  });
  filters.addEventListener("change", (event) => {
    if (event.target.name === "centre" || event.target.name === "signalements") return;
    map.closePopup();
    remember(map);
    soon();
  });
  window.addEventListener("online", soon);
  reportsOn(map);
  refresh(map, held);
}

start();
