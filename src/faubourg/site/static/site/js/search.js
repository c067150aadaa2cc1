// Suggestions under a search field: htmx brings the list, this makes it leave and lets arrows walk in it.
const panels = () => document.querySelectorAll("[data-suggestions]");

function fieldOf(panel) {
  return document.querySelector(`[hx-target="#${panel.id}"]`);
}

function close(panel, refocus) {
  panel.replaceChildren();
  if (refocus) fieldOf(panel)?.focus();
}

document.addEventListener("keydown", (event) => {
  for (const panel of panels()) {
    const field = fieldOf(panel);
    const links = [...panel.querySelectorAll("a")];
    const stops = [field, ...links];
    const at = stops.indexOf(document.activeElement);
    if (!links.length || at < 0) continue;
    if (event.key === "Escape") close(panel, true);
    else if (event.key === "ArrowDown") stops[Math.min(at + 1, links.length)].focus();
    else if (event.key === "ArrowUp") stops[Math.max(at - 1, 0)].focus();
    else continue;
    event.preventDefault();
  }
});

document.addEventListener("click", (event) => {
  for (const panel of panels()) {
    if (!panel.contains(event.target) && event.target !== fieldOf(panel)) close(panel, false);
  }
});
