// A touch on the map writes « longitude latitude » in a field; the field alone is enough without the map.
import { follow } from "../../site/js/basemap.js";

const L = window.L;
const box = document.getElementById("pick-map");
const field = document.getElementById(box.dataset.target);
const words = JSON.parse(document.getElementById("map-words").textContent);
const NUMBER = /-?\d+(?:[.,]\d+)?/g;

function written() {
  const [lon, lat] = (field.value.match(NUMBER) ?? []).map((text) => Number(text.replace(",", ".")));
  return Number.isFinite(lon) && Number.isFinite(lat) ? [lat, lon] : null;
}

function openMap() {
  const [west, south, east, north] = box.dataset.frame.split(",").map(Number);
  box.hidden = false;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { zoomControl: false, maxZoom: 19, minZoom: 4, zoomAnimation: !calm, fadeAnimation: !calm });
  map.fitBounds([[south, west], [north, east]], { animate: false, maxZoom: 17 });
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  follow(map, box.dataset.basemap, box.dataset.attribution);
  return map;
}

async function lands(map) {
  try {
    const answer = await fetch(box.dataset.url);
    if (!answer.ok) return;
    L.geoJSON(await answer.json(), { interactive: false, style: { className: "area-land", weight: 2 } }).addTo(map);
  } catch {
    // Without the outlines the point can still be picked.
  }
}

function start() {
  const map = openMap();
  const mark = L.circleMarker([0, 0], { radius: 8, className: "area-picked", interactive: false });
  const show = () => {
    const point = written();
    if (point) mark.setLatLng(point).addTo(map);
    else mark.remove();
    return point;
  };
  map.on("click", ({ latlng }) => {
    const { lat, lng } = latlng.wrap();
    field.value = `${lng.toFixed(6)} ${lat.toFixed(6)}`;
    show();
  });
  field.addEventListener("change", show);
  const point = show();
  if (point) map.setView(point, 17, { animate: false });
  lands(map);
}

start();
