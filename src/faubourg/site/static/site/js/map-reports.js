// The layer of reports: asked for only while its box is ticked; each frame is asked of the server.
import { say, signs } from "../../proximity/js/report-signs.js";

const L = window.L;
const wanted = document.getElementById("couche-signalements");
const told = document.getElementById("map-reports-told");
const source = document.getElementById("report-words");

export function reportsOn(map) {
  if (!wanted) return;
  const words = JSON.parse(source.textContent);
  const held = L.layerGroup().addTo(map);
  map.getContainer().classList.add("with-reports");
  let asked;

  async function refresh() {
    asked?.abort();
    if (!wanted.checked) {
      held.clearLayers();
      told.textContent = "";
      return;
    }
    asked = new AbortController();
    const edges = map.getBounds();
    const frame = [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
    const query = new URLSearchParams({ bbox: frame.map((edge) => edge.toFixed(5)).join(","), zoom: map.getZoom() });
    try {
      const answer = await fetch(`${wanted.dataset.url}?${query}`, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const data = await answer.json();
      held.eachLayer((layer) => layer.isPopupOpen?.() || held.removeLayer(layer));
      for (const one of signs(map, data, { ...words, categories: data.categories })) one.addTo(held);
      const total = data.reports.length + data.groups.reduce((sum, one) => sum + one[2], 0);
      told.textContent = data.far ? words.far : total ? say(words, "in_view", total) : words.none;
    } catch (error) {
      if (error.name !== "AbortError") told.textContent = words.failed;
    }
  }

  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 150);
  };
  map.on("moveend", soon);
  wanted.addEventListener("change", () => {
    const url = new URL(location);
    if (wanted.checked) url.searchParams.set("signalements", "1");
    else url.searchParams.delete("signalements");
    history.replaceState(null, "", url);
    refresh();
  });
  if (wanted.checked) refresh();
}
