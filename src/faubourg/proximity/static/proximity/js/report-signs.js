// Reports on a map: one sign each, gathered where they are near; a sign opens on the sheets of its reports.
const L = window.L;
const lang = document.documentElement.lang;

export const say = (words, key, count) => words[key].replace("{count}", new Intl.NumberFormat(lang).format(count));

function node(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

function told(words, [, , reference, category, state, day, text]) {
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

function group(map, words, [lon, lat, count, [west, south, east, north]]) {
  const size = Math.min(26 + 3 * Math.log2(count), 50);
  const made = sign([lat, lon], "sign-group", say(words, "group", count), String(count), size);
  return made.on("click", () => map.fitBounds([[south, west], [north, east]]));
}

function reports(words, found) {
  const places = new Map();
  for (const one of found) {
    const place = `${one[0]} ${one[1]}`;
    places.set(place, [...(places.get(place) ?? []), one]);
  }
  return [...places.values()].map((pile) => {
    const [lon, lat, , category, state] = pile[0];
    const alone = pile.length === 1;
    const label = alone ? (words.categories[category] ?? "") : say(words, "pile", pile.length);
    const kind = alone ? (state === "closed" ? "sign-repaired" : "sign-report") : "sign-group";
    const made = sign([lat, lon], kind, label, alone ? "" : String(pile.length), alone ? 26 : 32);
    return made.bindPopup(() => node("div", "", ...pile.map((one) => told(words, one))), { minWidth: 220, maxHeight: 300 });
  });
}

// What a server answered (`reports`, `groups`), as layers to add to the map.
export function signs(map, data, words) {
  return [...data.groups.map((one) => group(map, words, one)), ...reports(words, data.reports)];
}
