// What the map says in words: popups and the list beside it, built as nodes, never as text of HTML.
const words = JSON.parse(document.getElementById("map-words").textContent);

export function say(key, places = {}) {
  return Object.entries(places).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] ?? "");
}

function node(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter(Boolean));
  return made;
}

function sheet(layer, code, text) {
  const pattern = words.urls[layer];
  if (!pattern) return node("strong", "", text);
  const link = node("a", "", text);
  link.href = pattern.replace("CODE", encodeURIComponent(code));
  return link;
}

const basisOf = (basis) => (basis === "commune" ? words.basis.commune : words.basis.other);

export function spotPopup({ layer, code, name, detail, basis }) {
  return node(
    "div",
    "",
    node("p", "", sheet(layer, code, name)),
    node("p", "muted", detail, " ", node("code", "", code)),
    layer === "quartiers" && node("p", "map-basis", basisOf(basis)),
  );
}

export function groupPopup({ layer, count, detail, basis, members }) {
  const items = members.map(([code, name]) => node("li", "", sheet(layer, code, name)));
  return node(
    "div",
    "",
    node("p", "", node("strong", "", `${count} ${words[`${layer}_many`]}`)),
    node("p", "muted", detail),
    layer === "quartiers" && node("p", "map-basis", basisOf(basis)),
    node("ul", "", ...items),
    count > members.length && node("p", "muted", say("more", { count: count - members.length })),
  );
}

export function contourPopup({ layer, code, name, kind, source }) {
  return node(
    "div",
    "",
    node("p", "", sheet(layer, code, name)),
    node("p", "muted", words.kinds[kind] ?? "", " ", node("code", "", code)),
    node("p", "muted", `${words.source} `, node("code", "", source)),
  );
}

function line({ layer, code, name, detail, contour, basis }) {
  return node(
    "li",
    `map-line map-line-${layer}`,
    sheet(layer, code, name),
    node("small", "", detail, " ", node("code", "", code)),
    layer === "quartiers" && !contour && node("small", "map-basis", basisOf(basis)),
  );
}

export function writeList({ total, items }) {
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  document.getElementById("map-items").replaceChildren(...items.map(line));
  document.getElementById("map-count").textContent = say("in_view", { count: numbers.format(total) });
  const some = { shown: items.length, count: numbers.format(total) };
  const rest = total ? (total > items.length ? say("first_of", some) : "") : say("none");
  document.getElementById("map-rest").textContent = rest;
}
