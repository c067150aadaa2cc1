// The queue as a file that a colleague can bring: JSON, photos in base64, a hash for each part and one for all.
import * as store from "./store.js";
import { finishAll } from "./picture.js";
import { hashOf, isDraft, record, sha256, waits } from "./record.js";

const FORMAT = "faubourg-carnet";

const base64 = (bytes, type) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(new Blob([bytes], { type }));
});

function bytesOf(text) {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let rank = 0; rank < raw.length; rank += 1) bytes[rank] = raw.charCodeAt(rank);
  return bytes.buffer;
}

// One note after the other, so that a phone never holds all the photos twice.
export async function saved() {
  const pending = (await store.notes()).filter((note) => !isDraft(note) && waits(note));
  const parts = [];
  const hashes = [];
  let photos = 0;
  for (const { id } of pending) {
    await finishAll(await store.readNote(id));
    const note = await store.readNote(id);
    const told = { note: record(note), sha256: await hashOf(record(note)), noted_by: note.by, photos: [] };
    hashes.push(told.sha256);
    for (const photo of note.photos.filter((one) => one.ready)) {
      const kept = await store.photoBytes(photo.id);
      if (!kept) continue;
      told.photos.push({ name: photo.name, type: kept.type, sha256: photo.sha256, data: await base64(kept.bytes, kept.type) });
      hashes.push(photo.sha256);
      photos += 1;
    }
    parts.push(new Blob([parts.length ? ",\n" : "", JSON.stringify(told)]));
  }
  const all = await sha256(hashes.join("\n"));
  const head = `{"format":"${FORMAT}","version":1,"made_at":"${new Date().toISOString()}","sha256":"${all}","notes":[\n`;
  return { blob: new Blob([head, ...parts, "\n]}"], { type: "application/json" }), notes: pending.length, photos };
}

export async function brought(text) {
  const file = JSON.parse(text);
  if (file.format !== FORMAT || !Array.isArray(file.notes)) throw new Error("not a notebook");
  const outcome = { notes: 0, photos: 0, wrong: 0, whole: true };
  const hashes = [];
  for (const told of file.notes) {
    hashes.push(told?.sha256, ...(told?.photos ?? []).map((photo) => photo?.sha256));
    try {
      await bringNote(told, outcome);
    } catch (error) {
      if (store.isFull(error)) throw error;
      outcome.wrong += 1;
    }
  }
  outcome.whole = (await sha256(hashes.join("\n"))) === file.sha256;
  return outcome;
}

async function bringNote(told, outcome) {
  const recorded = record({ ...told.note, id: told.note.client_id });
  if ((await hashOf(recorded)) !== told.sha256) throw new Error("altered");
  const sound = [];
  for (const photo of told.photos) {
    const bytes = bytesOf(photo.data);
    if ((await sha256(bytes)) === photo.sha256) sound.push({ ...photo, bytes });
    else outcome.wrong += 1;
  }
  const walk = await store.readWalk(recorded.walk);
  const fresh = (photo) => ({ id: crypto.randomUUID(), name: photo.name, type: photo.type, sha256: photo.sha256, ready: true, error: "" });
  const { client_id: id, ...fields } = recorded;
  const joined = (now, photos) => {
    const before = now ?? { at: recorded.seen_at, received: 0, photos: [], photosSent: 0 };
    const added = sound.filter((one) => !before.photos.some((kept) => kept.sha256 === one.sha256)).map((one) => {
      const entry = fresh(one);
      photos.put(entry.id, { type: one.type, bytes: one.bytes });
      return entry;
    });
    const later = now && now.revision >= recorded.revision;
    const wording = later ? {} : { ...fields, id, by: told.noted_by ?? "", key: walk?.key ?? "", edit: null, error: "" };
    return { ...before, ...wording, photos: [...before.photos, ...added] };
  };
  await store.change(id, joined);
  outcome.notes += 1;
  outcome.photos += sound.length;
}
