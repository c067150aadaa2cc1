// Writing a note. What is typed is kept after each pause, a photo as soon as it is chosen; « Garder » makes a
// wording (a revision) of it, which may leave.
import * as store from "./store.js";
import { clean, degrees, EMPTY, isDraft, newNote, unfinished } from "./record.js";
import { finish, keepRaw, removePhoto } from "./picture.js";
import { say, told } from "./words.js";

const PAUSE = 250;
const FAR = 50;
const form = document.getElementById("note-form");
const fields = form.elements;
const status = document.getElementById("note-status");
const alarm = document.getElementById("note-alarm");
const strip = document.getElementById("note-photos");
const placeWords = document.getElementById("note-place-words");
let open = null; // { id, walk }
let place = { lon: null, lat: null, accuracy_m: null };
let timer = 0;
let chain = Promise.resolve();

const option = (value, label) => Object.assign(document.createElement("option"), { value, textContent: label });

function choices(walk) {
  const grid = walk?.grid;
  fields.stop.replaceChildren(option("", say("noStop")), ...(walk?.stops ?? []).map((stop, rank) => option(stop.id, `${rank + 1}. ${stop.name}`)));
  const groups = ["technical", "social"].map((strand) => {
    const group = Object.assign(document.createElement("optgroup"), { label: say(strand) });
    group.append(...(grid?.themes ?? []).filter((one) => one.strand === strand).map((one) => option(one.code, one.name)));
    return group;
  });
  fields.criterion.replaceChildren(option("", say("noCriterion")), ...groups.filter((group) => group.childElementCount));
  fields.criterion.closest(".field").hidden = !grid?.themes?.length;
  fields.principle.replaceChildren(option("", say("noCriterion")), ...(grid?.principles ?? []).map((one) => option(one.code, one.name)));
  fields.principle.closest(".field").hidden = !grid?.principles?.length;
  fields.theme.replaceChildren(...(walk?.themes ?? []).map((one) => option(one.code, one.name)));
}

function question() {
  const walk = open?.walk;
  const asked = walk?.grid?.themes?.find((one) => one.code === fields.criterion.value)?.question ?? "";
  const principle = walk?.grid?.principles?.find((one) => one.code === fields.principle.value)?.question ?? "";
  document.getElementById("note-question").textContent = [asked, principle].filter(Boolean).join(" ");
  fields.severity[0].closest("fieldset").hidden = fields.nature.value === "asset";
}

function fill(wording) {
  for (const name of ["stop", "criterion", "principle", "theme", "text", "proposal"]) fields[name].value = wording[name] ?? "";
  fields.nature.value = wording.nature;
  for (const box of fields.severity) box.checked = Number(box.value) === wording.severity;
  place = { lon: wording.lon, lat: wording.lat, accuracy_m: wording.accuracy_m };
  tellPlace();
  question();
}

const wording = () => ({
  stop: Number(fields.stop.value) || null,
  criterion: fields.criterion.value,
  principle: fields.principle.value,
  theme: fields.theme.value || "other",
  nature: fields.nature.value,
  severity: fields.nature.value === "asset" ? null : Number(fields.severity.value) || null,
  text: clean(fields.text.value, 4000),
  proposal: clean(fields.proposal.value, 2000),
  ...place,
});

function tellPlace() {
  const { lon, accuracy_m: far } = place;
  document.getElementById("note-place-drop").hidden = lon === null;
  placeWords.textContent = lon === null ? say("noPlace") : say(far > FAR ? "farPlace" : "located", { m: far ?? "?" });
}

function warn(error) {
  const known = store.isFull(error) ? "full" : "storeBroken";
  alarm.textContent = say(known);
  alarm.hidden = false;
  alarm.focus();
}

// One write at a time, in order; false when the phone could not keep it.
function keepDraft() {
  clearTimeout(timer);
  const { id } = open ?? {};
  if (!id) return chain;
  const edit = wording();
  chain = chain.then(async () => {
    try {
      await store.change(id, (note) => (note ? { ...note, edit } : undefined));
      if (open?.id === id) status.textContent = say("draftKept");
      return true;
    } catch (error) {
      warn(error);
      return false;
    }
  });
  return chain;
}

export async function begin(walk) {
  const name = (await store.get("names"))?.[walk.key] ?? "";
  const note = newNote(walk.id, name, walk.key);
  const last = (await store.notes()).filter((one) => one.walk === walk.id).at(-1);
  note.edit.stop = last?.stop ?? null;
  await store.change(note.id, () => note);
  return note.id;
}

export async function show(id) {
  const note = await store.readNote(id);
  if (!note) return null;
  const walk = await store.readWalk(note.walk);
  open = { id, walk };
  alarm.hidden = true;
  status.textContent = "";
  choices(walk);
  fill(note.edit ?? { ...EMPTY, ...note });
  await showPhotos();
  return { note, walk };
}

export async function leave() {
  if (!open) return;
  const { id } = open;
  await keepDraft();
  open = null;
  // Nothing was written: no empty draft stays behind.
  await store.change(id, (note) => {
    if (!note?.edit || unfinished(note)) return undefined;
    return isDraft(note) ? null : { ...note, edit: null };
  });
}

export async function showPhotos() {
  const id = open?.id;
  const note = id && (await store.readNote(id));
  if (!note || open?.id !== id) return;
  for (const old of strip.querySelectorAll("img")) URL.revokeObjectURL(old.src);
  const shown = await Promise.all(note.photos.map(async (photo, rank) => {
    const line = document.getElementById("photo-line").content.cloneNode(true).firstElementChild;
    const kept = await store.photoBytes(photo.id);
    if (kept) line.querySelector("img").src = URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }));
    line.querySelector("img").alt = say("photoNamed", { n: rank + 1 });
    line.querySelector("[data-told]").textContent = photo.error;
    const button = line.querySelector("button");
    button.setAttribute("aria-label", say("removePhoto", { n: rank + 1 }));
    button.addEventListener("click", async () => { await removePhoto(id, photo.id); await showPhotos(); });
    return line;
  }));
  strip.replaceChildren(...shown);
}

async function addPhotos(files) {
  const { id } = open;
  await keepDraft();
  for (const file of files) {
    const note = await store.readNote(id);
    if (note.photos.length + note.photosSent >= told.mostPhotos) {
      alarm.textContent = say("tooManyPhotos", { most: told.mostPhotos });
      alarm.hidden = false;
      break;
    }
    status.textContent = say("readingPhoto");
    try {
      const photo = await keepRaw(id, file);
      await showPhotos();
      await finish(id, photo);
      status.textContent = "";
    } catch (error) {
      if (store.isFull(error)) alarm.textContent = say("photoFull");
      else warn(error);
      alarm.hidden = false;
      status.textContent = "";
    }
  }
  await showPhotos();
}

// « Garder »: one transaction makes the wording; the text stays on the screen when the phone has no room.
async function keep() {
  const { id } = open;
  const edit = wording();
  const before = await store.readNote(id);
  if (!edit.text && !before.photos.length && !before.photosSent) {
    alarm.textContent = say("needsSomething");
    alarm.hidden = false;
    fields.text.focus();
    return false;
  }
  clearTimeout(timer);
  await chain;
  try {
    await store.change(id, (note) => note && {
      ...note, ...edit, edit: null, revision: note.revision + 1, error: "", conflict: false,
      seen_at: isDraft(note) ? new Date().toISOString() : note.seen_at,
    });
  } catch (error) {
    warn(error);
    return false;
  }
  open = null;
  return true;
}

function locate() {
  placeWords.textContent = say("locating");
  const refused = () => { placeWords.textContent = say("placeRefused"); };
  if (!navigator.geolocation) return refused();
  return navigator.geolocation.getCurrentPosition(({ coords }) => {
    place = { lon: degrees(coords.longitude), lat: degrees(coords.latitude), accuracy_m: Math.round(Math.min(coords.accuracy, 100_000)) };
    tellPlace();
    keepDraft();
  }, refused, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 });
}

export function listen(kept) {
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keepDraft, PAUSE); });
  form.addEventListener("change", (event) => {
    if (event.target === fields.criterion && [...fields.theme.options].some((one) => one.value === fields.criterion.value)) {
      fields.theme.value = fields.criterion.value;
    }
    question();
    if (event.target !== fields.photos) keepDraft();
  });
  // The camera may push the notebook out of the memory: the text is safe before it opens.
  fields.photos.addEventListener("click", keepDraft);
  fields.photos.addEventListener("change", async () => {
    const files = [...fields.photos.files];
    fields.photos.value = "";
    await addPhotos(files);
  });
  document.getElementById("note-place-take").addEventListener("click", locate);
  document.getElementById("note-place-drop").addEventListener("click", () => {
    place = { lon: null, lat: null, accuracy_m: null };
    tellPlace();
    keepDraft();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const walk = open?.walk;
    if (open && (await keep())) kept(walk);
  });
  for (const name of ["visibilitychange", "pagehide"]) addEventListener(name, () => document.hidden && open && keepDraft(), true);
}
