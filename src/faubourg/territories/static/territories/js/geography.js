// The board: layers that come and go, and a slider over the thresholds of the grid.
import { box, kindName, openMap, say, standing } from "./geo-map.js";

const L = window.L;
const layers = document.getElementById("geo-layers");
const form = document.getElementById("geo-threshold");
const list = document.getElementById("geo-candidate-list");
const LETTERS = 6;
const NEAR = 12;

function popup({ layer, name, code, perimeter }) {
  const told = document.createElement("div");
  const title = document.createElement("a");
  title.textContent = name;
  title.href = `${location.pathname}perimetres/${encodeURIComponent(perimeter)}/`;
  const kind = document.createElement("p");
  kind.className = "muted";
  kind.append(kindName(layer), " ", Object.assign(document.createElement("code"), { textContent: code }));
  told.append(title, kind);
  return told;
}

function candidateLayer() {
  const data = document.getElementById("geo-candidates");
  const group = L.layerGroup();
  if (!data) return group;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  L.geoJSON(JSON.parse(data.textContent), {
    style: { className: "geo-shape geo-shape-candidates", weight: 2 },
    onEachFeature: ({ properties }, shape) => {
      // From afar only the largest are named: their letters would hide the rest.
      const place = properties.rank > LETTERS ? "geo-letter geo-letter-minor" : "geo-letter";
      const label = document.createElement("strong");
      label.textContent = properties.name;
      shape.bindTooltip(label, { permanent: true, direction: "center", className: place });
      const told = document.createElement("p");
      told.textContent = `${say("candidate", properties)} – ${say("people", { count: numbers.format(properties.people) })}`;
      shape.bindPopup(told);
    },
  }).addTo(group);
  return group;
}

function obey(map, groups) {
  for (const choice of layers.querySelectorAll("input")) {
    const group = groups.get(choice.value);
    if (!group) continue;
    if (choice.checked) group.addTo(map);
    else group.remove();
  }
}

// The select becomes a slider; both say the same and the select stays in the form.
function slider(onMove) {
  const select = form.querySelector("select");
  const range = Object.assign(document.createElement("input"), {
    type: "range", id: "seuil-curseur", min: 0, max: select.options.length - 1, step: 1, value: select.selectedIndex,
  });
  const value = Object.assign(document.createElement("output"), { htmlFor: "seuil-curseur" });
  const tell = () => {
    const text = select.options[Number(range.value)].textContent;
    value.textContent = text;
    range.setAttribute("aria-valuetext", text);
    form.querySelectorAll(".geo-bar").forEach((bar, place) => bar.classList.toggle("geo-bar-on", place === Number(range.value)));
  };
  form.querySelector("label").htmlFor = range.id;
  form.querySelector(".geo-threshold-row").hidden = true;
  form.querySelector(".geo-threshold-row").before(range, value);
  range.addEventListener("input", () => {
    select.selectedIndex = Number(range.value);
    tell();
    onMove(select.value);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  tell();
}

let asked;
let timer;

function moved(map, groups, threshold) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.url}?seuil=${threshold}`, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...page.body.childNodes);
      groups.get("candidates").remove();
      groups.set("candidates", candidateLayer());
      obey(map, groups);
      const url = new URL(location);
      url.searchParams.set("seuil", threshold);
      history.replaceState(null, "", url);
    } catch (error) {
      if (error.name === "AbortError") return;
      const failure = document.getElementById("map-failure");
      failure.textContent = say("failed");
      failure.hidden = false;
    }
  }, 120);
}

async function start() {
  const map = openMap();
  const groups = new Map([["candidates", candidateLayer()]]);
  if (form) slider((threshold) => moved(map, groups, threshold));
  for (const [layer, group] of await standing(popup)) groups.set(layer, group);
  layers.hidden = false;
  layers.addEventListener("change", () => obey(map, groups));
  obey(map, groups);
  const far = () => box.classList.toggle("geo-far", map.getZoom() < NEAR);
  map.on("zoomend", far);
  far();
  box.dataset.ready = "true";
}

start();
