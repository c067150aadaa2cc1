// What the notebook shows of the walks and notes that it keeps.
import * as store from "./store.js";
import { draw } from "./plan.js";
import { isDraft, photosWaiting, textWaits, waits } from "./record.js";
import { many, moment, say } from "./words.js";

const part = (name) => document.getElementById(name).content.cloneNode(true).firstElementChild;
const set = (line, name, text) => {
  const place = line.querySelector(`[data-${name}]`);
  place.textContent = text;
  place.hidden = !text;
};

export async function home() {
  const walks = await store.walks();
  const lines = walks.map((walk) => {
    const line = part("walk-line");
    line.querySelector("a").href = `#/marche/${walk.id}`;
    set(line, "title", walk.title);
    set(line, "told", [walk.kind, walk.starts_at && moment(walk.starts_at), say("ready")].filter(Boolean).join(", "));
    return line;
  });
  document.getElementById("walks").replaceChildren(...lines);
  document.getElementById("no-walk").hidden = walks.length > 0;
  const names = Object.values((await store.get("names")) ?? {}).filter(Boolean);
  document.getElementById("who").textContent = names.length ? say("whoKnown", { name: names.join(", ") }) : say("whoUnknown");
  await strays(walks);
}

// Notes of a walk that this phone did not prepare, brought by a file.
async function strays(walks) {
  const known = new Set(walks.map((walk) => walk.id));
  const mine = (await store.notes()).filter((note) => !known.has(note.walk));
  document.getElementById("strays").replaceChildren(...mine.map(line));
  document.getElementById("strays-panel").hidden = mine.length === 0;
}

export async function walk(id) {
  const found = await store.readWalk(id);
  if (!found) return null;
  const mine = (await store.notes()).filter((note) => note.walk === id);
  const page = document.getElementById("walk-page");
  set(page, "title", found.title);
  set(page, "told", [found.kind, found.starts_at && moment(found.starts_at), found.meeting_point].filter(Boolean).join(", "));
  for (const name of ["negotiable", "not_negotiable", "allowed", "route_words"]) {
    const place = page.querySelector(`[data-frame="${name}"]`);
    place.textContent = found[name];
    place.parentElement.hidden = !found[name];
  }
  document.getElementById("frame").hidden = !(found.negotiable || found.not_negotiable || found.allowed);
  document.getElementById("route").hidden = !(found.route || found.route_words || found.stops.length);
  draw(document.getElementById("plan"), found, say("planLabel", { n: found.stops.length }));
  document.getElementById("stops").replaceChildren(...found.stops.map((stop) => {
    const entry = part("stop-line");
    set(entry, "title", stop.name);
    set(entry, "told", stop.words);
    const count = mine.filter((note) => (note.edit ?? note).stop === stop.id).length;
    set(entry, "count", count ? many("note", count) : "");
    return entry;
  }));
  document.getElementById("notes").replaceChildren(...mine.reverse().map(line));
  document.getElementById("no-note").hidden = mine.length > 0;
  return found;
}

const TONES = { draft: "badge-warn", waiting: "badge-info", sent: "badge-good", refused: "badge-bad" };

function stateOf(note) {
  if (note.error || note.photos.some((photo) => photo.error)) return "refused";
  if (isDraft(note)) return "draft";
  return waits(note) ? "waiting" : "sent";
}

function line(note) {
  const shown = isDraft(note) ? note.edit ?? note : note;
  const made = part("note-line");
  const state = stateOf(note);
  made.dataset.note = note.id;
  made.dataset.state = state;
  set(made, "title", shown.text || say("onlyPhotos"));
  const badge = made.querySelector("[data-state]");
  badge.textContent = say(state);
  badge.classList.add(TONES[state]);
  const grave = shown.severity ? say("severity", { n: shown.severity }) : "";
  const left = photosWaiting(note) ? say("photosLeft", { what: many("photo", photosWaiting(note)) }) : "";
  set(made, "told", [moment(note.seen_at), say(shown.nature), grave, left].filter(Boolean).join(", "));
  set(made, "error", [note.error, ...note.photos.map((photo) => photo.error)].filter(Boolean).join(" "));
  made.querySelector("a").href = `#/note/${note.id}`;
  made.querySelector("[data-act=discard]").hidden = !textWaits(note) && !note.photos.length && !note.error;
  made.querySelector("[data-act=another]").hidden = !note.conflict;
  return made;
}
