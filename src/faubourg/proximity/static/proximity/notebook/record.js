// A note as it is sent, and the one text of it that phone and server hash alike (rules/proximity/notes.py).
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g;

export const clean = (text, most) =>
  (text ?? "").replace(/\r\n?/g, "\n").replace(CONTROL, "").slice(0, most).replace(/\p{Cs}/gu, "").trim();

export const degrees = (value) => (value === null || value === undefined ? null : Number(value).toFixed(6));

// Names in alphabetical order: the text is the same on both sides.
export const record = (note) => ({
  accuracy_m: note.accuracy_m,
  client_id: note.id,
  criterion: note.criterion,
  lat: note.lat,
  lon: note.lon,
  nature: note.nature,
  principle: note.principle,
  proposal: note.proposal,
  revision: note.revision,
  seen_at: note.seen_at,
  severity: note.severity,
  stop: note.stop,
  text: note.text,
  theme: note.theme,
  walk: note.walk,
});

export async function sha256(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const hashOf = (recorded) => sha256(JSON.stringify(recorded));

// Where a note stands: its text waits until the server gave back its hash, its photos until theirs.
export const isDraft = (note) => note.revision === 0;
export const textWaits = (note) => note.revision > note.received;
export const photosWaiting = (note) => (isDraft(note) ? 0 : note.photos.length);
export const waits = (note) => textWaits(note) || photosWaiting(note) > 0;

export const EMPTY = {
  stop: null, criterion: "", principle: "", theme: "other", nature: "dysfunction", severity: null,
  text: "", proposal: "", lon: null, lat: null, accuracy_m: null,
};

const same = (note) => Object.keys(EMPTY).every((name) => note.edit[name] === note[name]);

// Begun and not kept yet: a draft with something in it, or a change of a note.
export function unfinished(note) {
  if (!note.edit) return false;
  return isDraft(note) ? Boolean(note.photos.length || note.edit.text || note.edit.proposal) : !same(note);
}

export const newNote = (walk, by, key) => ({
  id: crypto.randomUUID(), walk, by, key, revision: 0, received: 0, photos: [], photosSent: 0, error: "",
  at: new Date().toISOString(), seen_at: new Date().toISOString(), ...EMPTY, edit: { ...EMPTY },
});
