// The notebook: which page is shown, when to send, what the bar says. Everything it needs lies on the phone.
import * as net from "./net.js";
import * as store from "./store.js";
import * as form from "./form.js";
import * as lists from "./lists.js";
import { brought, saved } from "./file.js";
import { isDraft, photosWaiting, textWaits } from "./record.js";
import { finishAll } from "./picture.js";
import { count, send } from "./sync.js";
import { many, say, told } from "./words.js";

const at = (id) => document.getElementById(id);
const CHOICE = "faubourg-notebook-choice";
const RETRY = 30_000;
const pageKey = decodeURIComponent(location.pathname.slice(told.home.length)).replace(/\/$/, "");

function tell(text, tone = "") {
  at("message").textContent = text;
  at("message").className = `told ${tone}`;
}

async function bar() {
  const { notes, photos, drafts } = await count();
  const n = notes + photos;
  const waiting = [notes && many("note", notes), photos && many("photo", photos)].filter(Boolean).join(", ");
  const begun = drafts ? say("toFinish", { what: many("draft", drafts) }) : "";
  at("waits").textContent = [n ? say("waits", { what: waiting }) : begun || say("nothingWaits"), n && begun].filter(Boolean).join(". ");
  at("waits").dataset.count = String(n);
  at("send").textContent = say("send", { n });
  at("send").setAttribute("aria-disabled", String(n === 0));
  at("network").textContent = say(navigator.onLine ? "online" : "offline");
  at("network").dataset.online = String(navigator.onLine);
  return n;
}

// --- pages ----------------------------------------------------------------------------------------------

async function show() {
  const [, place, id] = location.hash.match(/^#\/(marche|note)\/([\w-]+)$/) ?? [];
  await form.leave();
  let page = "home";
  if (place === "marche" && (await lists.walk(Number(id)))) page = "walk-page";
  if (place === "note") {
    const open = await form.show(id);
    if (open) page = "note-page";
    at("note-back").href = open?.walk ? `#/marche/${open.walk.id}` : "#/";
  }
  if (page === "home") await lists.home();
  for (const one of ["home", "walk-page", "note-page"]) at(one).hidden = one !== page;
  document.body.dataset.page = page;
  at("home-link").hidden = page !== "walk-page";
}

let news = "";

async function arrive() {
  tell(news, "told-good");
  news = "";
  await show();
  scrollTo(0, 0);
  const title = [...document.querySelectorAll("main h1")].find((one) => !one.closest("[hidden]"));
  title?.focus();
}

let drawing = Promise.resolve();
function refresh() {
  drawing = drawing.then(async () => {
    await bar();
    const page = document.body.dataset.page;
    if (page === "home") await lists.home();
    else if (page === "walk-page") await lists.walk(Number(location.hash.split("/").at(-1)));
  });
  return drawing;
}

// --- sending --------------------------------------------------------------------------------------------

async function flush(asked = false) {
  if ((await bar()) === 0) return;
  if (!navigator.onLine && !asked) return;
  if (asked) tell(say("sending"));
  const outcome = await send();
  const left = await bar();
  at("sign-in").hidden = !outcome.signedOut;
  if (outcome.signedOut) tell(say("reconnect"), "told-warn");
  else if (outcome.unreachable && asked) tell(say("unreachable"), "told-warn");
  else if (outcome.busy && asked) tell(say("busy"));
  else if (outcome.refused) tell(say("someRefused"), "told-bad");
  else if (left === 0) tell(say("allSent"), "told-good");
}

// --- what is taken along --------------------------------------------------------------------------------

async function prepare() {
  const keys = new Set((await store.get("keys")) ?? []);
  if (pageKey) keys.add(pageKey);
  const names = (await store.get("names")) ?? {};
  for (const key of ["", ...keys]) {
    try {
      const begun = await net.start(key);
      if (key && begun.walks.length === 0) continue;
      if (begun.known) names[key] = begun.name;
      for (const walk of begun.walks) await store.keepWalk({ ...(await net.preparedWalk(walk.id, key)), key });
    } catch (error) {
      if (error instanceof net.Unreachable) break;
      if (!(error instanceof net.No) && !(error instanceof net.SignedOut)) throw error;
    }
  }
  await store.put("names", names);
  await store.put("keys", [...keys].filter((key) => names[key] !== undefined));
  store.changed();
}

// --- acts on what is kept -------------------------------------------------------------------------------

async function act(button) {
  const id = button.closest("[data-note]").dataset.note;
  if (button.dataset.act === "discard" && confirm(say("sureDiscard"))) {
    await store.change(id, (note, photos) => {
      for (const photo of note?.photos ?? []) photos.drop(photo.id);
      return null;
    });
  }
  if (button.dataset.act === "another") {
    const other = { id: crypto.randomUUID(), revision: 1, received: 0, error: "", conflict: false };
    await store.change(id, (note, photos) => {
      photos.another({ ...note, ...other });
      return null;
    });
    await flush(true);
  }
}

const both = (notes, photos) => `${many("note", notes)}, ${many("photo", photos)}`;

async function saveFile() {
  const { blob, notes, photos } = await saved();
  if (!notes) return tell(say("nothingToExport"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `carnet-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return tell(say("exported", { what: both(notes, photos) }), "told-good");
}

async function bringFile(file) {
  try {
    const { notes, photos, wrong, whole } = await brought(await file.text());
    const more = [wrong ? say("importPart", { n: wrong }) : "", whole ? "" : say("importShort")];
    tell([say("imported", { what: both(notes, photos) }), ...more].filter(Boolean).join(" "), wrong || !whole ? "told-warn" : "told-good");
    if (notes) await flush();
  } catch (error) {
    tell(say(store.isFull(error) ? "full" : "importWrong"), "told-bad");
  }
}

async function forgetSent() {
  if (!confirm(say("sureForget"))) return;
  for (const note of await store.notes()) {
    if (!isDraft(note) && !textWaits(note) && !photosWaiting(note) && !note.edit) await store.change(note.id, () => null);
  }
  const left = new Set((await store.notes()).map((note) => note.walk));
  for (const walk of await store.walks()) if (!left.has(walk.id)) await store.forgetWalk(walk.id);
  store.changed();
}

async function room() {
  await navigator.storage?.persist?.();
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota) at("room").textContent = say("keptFull", { left: Math.floor((quota - usage) / 1024 / 1024) });
}

async function choose(language) {
  document.cookie = `django_language=${language};path=/;max-age=31536000;samesite=lax`;
  await remember(language);
  location.reload();
}

const remember = async (language) => (await caches.open(CHOICE)).put(told.home, new Response(language));

// --- start ----------------------------------------------------------------------------------------------

function listen() {
  addEventListener("hashchange", arrive);
  addEventListener("online", () => flush());
  addEventListener("offline", bar);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  setInterval(() => document.hidden || flush(), RETRY);
  store.onChange(refresh);
  at("send").addEventListener("click", () => flush(true));
  at("new-note").addEventListener("click", async () => {
    const walk = await store.readWalk(Number(location.hash.split("/").at(-1)));
    try {
      location.hash = `#/note/${await form.begin(walk)}`;
    } catch (error) {
      tell(say(store.isFull(error) ? "full" : "storeBroken"), "told-bad");
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) act(button);
  });
  at("save-file").addEventListener("click", saveFile);
  at("bring-file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) bringFile(file);
    event.target.value = "";
  });
  at("forget").addEventListener("click", forgetSent);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => choose(button.dataset.language));
  }
  form.listen((walk) => {
    news = say("noteKept");
    location.hash = walk ? `#/marche/${walk.id}` : "#/";
    room();
    flush();
  });
}

async function begin() {
  if (!isSecureContext) tell(say("insecure"), "told-bad");
  listen();
  try {
    await show();
    await bar();
  } catch {
    tell(say("storeBroken"), "told-bad");
    return;
  }
  document.body.dataset.ready = "yes";
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(told.worker, { scope: told.home }).catch(() => {});
    await remember(told.language);
  }
  room();
  for (const note of await store.notes()) await finishAll(note);
  flush();
  await prepare();
  const walks = await store.walks();
  if (pageKey && walks.length === 1 && !location.hash) location.hash = `#/marche/${walks[0].id}`;
  // The address named a walk that had not been taken along yet.
  else if (document.body.dataset.page === "home" && location.hash.startsWith("#/marche/")) await show();
}

begin();
