// What the maps of the geography share: the frame, the basemap, and the outlines that stand around.
import { follow } from "../../site/js/basemap.js";

const L = window.L;
const words = JSON.parse(document.getElementById("map-words").textContent);

export const box = document.getElementById("geo-map");

export function say(key, places = {}) {
  return Object.entries(places).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] ?? "");
}

export function kindName(kind) {
  return words.kinds[kind] ?? "";
}

export function openMap() {
  const [west, south, east, north] = box.dataset.frame.split(",").map(Number);
  box.replaceChildren();
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, {
    zoomControl: false,
    maxZoom: 19,
    minZoom: 4,
    zoomSnap: 0.5,
    fadeAnimation: !calm,
    zoomAnimation: !calm,
    markerZoomAnimation: !calm,
  }).fitBounds([[south, west], [north, east]], { animate: false, maxZoom: Number(box.dataset.closest) || 13 });
  map.attributionControl.setPrefix("Leaflet");
  L.control.zoom({ zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  follow(map, box.dataset.basemap, box.dataset.attribution);
  return map;
}

// The outlines of the intercommunalité, one layer group a kind, from the back to the front.
export async function standing(describe, onShape) {
  const groups = new Map();
  try {
    const answer = await fetch(box.dataset.url);
    if (!answer.ok) throw new Error(answer.status);
    for (const feature of (await answer.json()).features) {
      const { layer } = feature.properties;
      if (!groups.has(layer)) groups.set(layer, L.layerGroup());
      const shape = L.geoJSON(feature, {
        interactive: Boolean(describe) && !["communes", "extent"].includes(layer),
        style: { className: `geo-shape geo-shape-${layer}`, weight: 2 },
      });
      if (describe) shape.bindPopup(() => describe(feature.properties), { minWidth: 200 });
      groups.get(layer).addLayer(shape);
      onShape?.(feature.properties, shape);
    }
  } catch {
    const failure = document.getElementById("map-failure");
    failure.textContent = say("failed");
    failure.hidden = false;
  }
  return groups;
}
