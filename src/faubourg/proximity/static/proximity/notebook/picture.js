// A photo is kept as the camera gave it first, then replaced by a smaller one drawn on a canvas (which also
// leaves its metadata behind); what cannot be drawn here is kept and sent as it is.
import * as store from "./store.js";
import { sha256 } from "./record.js";

const LONGEST = 1600;
const QUALITY = 0.82;

async function drawn(blob) {
  const image = await createImageBitmap(blob, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0; // gives its memory back at once, which small phones need
  if (!small) throw new Error("nothing drawn");
  return { type: "image/jpeg", bytes: await small.arrayBuffer() };
}

// Keep a file that was just chosen, whole; one transaction with its note.
export async function keepRaw(noteId, file) {
  const photo = { id: crypto.randomUUID(), name: file.name, type: file.type, sha256: "", ready: false, error: "" };
  const bytes = await file.arrayBuffer();
  await store.change(noteId, (note, photos) => {
    photos.put(photo.id, { type: file.type, bytes });
    return { ...note, photos: [...note.photos, photo] };
  });
  return photo;
}

// Make a kept photo ready to leave; a tab that comes second finds it done.
export async function finish(noteId, photo) {
  const raw = await store.photoBytes(photo.id);
  if (!raw) return;
  let small;
  try {
    small = await drawn(new Blob([raw.bytes], { type: raw.type }));
  } catch {
    small = raw;
  }
  const hash = await sha256(small.bytes);
  const ready = (note, photos) => {
    const mine = note?.photos.find((one) => one.id === photo.id);
    if (!mine || mine.ready) return undefined;
    const twice = note.photos.some((one) => one.sha256 === hash);
    if (twice) photos.drop(photo.id);
    else photos.put(photo.id, small);
    const others = note.photos.filter((one) => one.id !== photo.id);
    return { ...note, photos: twice ? others : [...others, { ...mine, sha256: hash, type: small.type, ready: true }] };
  };
  await store.change(noteId, ready);
}

export async function finishAll(note) {
  for (const photo of note.photos.filter((one) => !one.ready)) await finish(note.id, photo);
}

export const removePhoto = (noteId, photoId) => store.change(noteId, (note, photos) => {
  photos.drop(photoId);
  return note && { ...note, photos: note.photos.filter((one) => one.id !== photoId) };
});
