// The map of a report: a tap or the position of the phone gives the point; without this script, words do.
import { follow } from "../../site/js/basemap.js";

const L = window.L;
const frame = document.getElementById("carte");
const form = document.getElementById("etape");
const choice = document.getElementById("le-point");
const told = document.getElementById("nulle-part");
const { lon, lat } = frame.dataset;

frame.hidden = false;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const map = L.map("plan", { maxZoom: 19, fadeAnimation: !calm, zoomAnimation: !calm, markerZoomAnimation: !calm });
const start = form.lon.value && form.lat.value ? [form.lat.value, form.lon.value] : [lat || 46.5, lon || 2.5];
map.setView(start.map(Number), lon ? 15 : 6);
map.attributionControl.setPrefix("Leaflet");
follow(map, frame.dataset.basemap, frame.dataset.attribution);

let marker = null;
function choose(point, accuracy) {
  form.lon.value = point.lng.toFixed(6);
  form.lat.value = point.lat.toFixed(6);
  form.accuracy.value = Math.ceil(accuracy);
  choice.hidden = false;
  choice.querySelector("input").checked = true;
  told.textContent = choice.textContent.trim();
  if (marker) marker.setLatLng(point);
  else marker = L.circleMarker(point, { radius: 10, className: "resident-point" }).addTo(map);
}
if (form.lon.value && form.lat.value) {
  marker = L.circleMarker(start.map(Number), { radius: 10, className: "resident-point" }).addTo(map);
}
// What one finger covers on the map at this zoom, in metres.
const finger = () => 40 * (40075016 / 256 / 2 ** map.getZoom()) * 0.35;
map.on("click", (event) => choose(event.latlng, Math.max(5, finger())));
document.getElementById("plan").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === event.currentTarget) choose(map.getCenter(), Math.max(5, finger()));
});

document.getElementById("ma-position").addEventListener("click", () => {
  const nowhere = () => { told.textContent = frame.dataset.nowhere; };
  if (!navigator.geolocation) return nowhere();
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const point = L.latLng(coords.latitude, coords.longitude);
      choose(point, coords.accuracy);
      map.setView(point, 18, { animate: false });
    },
    nowhere,
    { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
  );
});
