// Sending: the text of a note first, then each photo; each is forgotten here only when the server gave back
// the very hash that was computed here. One window at a time; a fresh proof (CSRF) each time.
import * as net from "./net.js";
import * as store from "./store.js";
import { hashOf, isDraft, record, textWaits, unfinished, waits } from "./record.js";
import { finishAll } from "./picture.js";
import { say } from "./words.js";

const LOCK = "faubourg-notebook-send";
const PATIENCE = 20_000;
let waiting = null;

export async function count() {
  const mine = await store.notes();
  return {
    notes: mine.filter(textWaits).length,
    photos: mine.reduce((sum, note) => sum + (isDraft(note) ? 0 : note.photos.length), 0),
    drafts: mine.filter(unfinished).length,
  };
}

// Who asks while a sending is about to begin gets that one's outcome: unreachable, signedOut, refused, busy.
export function send() {
  if (waiting) return waiting;
  const mine = locked(() => {
    if (waiting === mine) waiting = null;
    return pass();
  });
  waiting = mine;
  const over = () => { if (waiting === mine) waiting = null; };
  mine.then(over, over);
  return mine;
}

async function locked(work) {
  if (!navigator.locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await navigator.locks.request(LOCK, { signal: patience.signal }, () => {
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (error.name === "AbortError") return { busy: true };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function pass() {
  const outcome = { sent: 0, refused: 0, signedOut: false, unreachable: false, busy: false };
  const pending = (await store.notes()).filter(waits);
  for (const key of new Set(pending.map((note) => note.key))) {
    try {
      const begun = await net.start(key);
      if (!begun.known && !key) {
        outcome.signedOut = true;
        continue;
      }
      for (const note of pending.filter((one) => one.key === key)) {
        await sendOne(note.id, { key, csrf: begun.csrf }, outcome);
      }
    } catch (error) {
      if (error instanceof net.SignedOut) outcome.signedOut = true;
      else if (error instanceof net.Unreachable || error instanceof net.No) {
        outcome.unreachable = true;
        break;
      } else throw error;
    }
  }
  return outcome;
}

async function sendOne(id, proof, outcome) {
  const note = await store.readNote(id);
  if (!note || isDraft(note)) return;
  if (textWaits(note) && !(await sendText(note, proof, outcome))) return;
  await finishAll(note);
  const whole = await store.readNote(id);
  for (const photo of whole?.photos ?? []) if (photo.ready) await sendPhoto(id, photo, proof, outcome);
}

// True once the server holds this wording, or a later one.
async function sendText(note, proof, outcome) {
  const sent = record(note);
  const hash = await hashOf(sent);
  let answer;
  try {
    answer = await net.sendNote(sent, note.by, proof);
  } catch (error) {
    if (!(error instanceof net.No)) throw error;
    outcome.refused += 1;
    await store.change(note.id, (now) => now && { ...now, error: error.message, conflict: error.status === 409 });
    return note.received > 0;
  }
  const same = answer.client_id === note.id && answer.revision === sent.revision && answer.sha256 === hash;
  const later = answer.client_id === note.id && answer.superseded && answer.revision > sent.revision;
  if (!same && !later) {
    outcome.refused += 1;
    await store.change(note.id, (now) => now && { ...now, error: say("altered") });
    return false;
  }
  outcome.sent += 1;
  // What was written meanwhile has a higher revision and still waits.
  await store.change(note.id, (now) => now && {
    ...now, received: Math.max(now.received, sent.revision), error: "", conflict: false,
  });
  return true;
}

async function sendPhoto(id, photo, proof, outcome) {
  const kept = await store.photoBytes(photo.id);
  if (!kept) return;
  try {
    const answer = await net.sendPhoto(id, photo, kept.bytes, proof);
    if (answer.client_id !== id || answer.sha256 !== photo.sha256) throw new net.No(422, say("unreadable"));
  } catch (error) {
    if (!(error instanceof net.No)) throw error;
    outcome.refused += 1;
    // A server that no longer knows the note (restored from a backup) gets it again.
    const unknown = error.status === 404;
    await store.change(id, (now) => now && {
      ...now,
      received: unknown ? 0 : now.received,
      photos: now.photos.map((one) => (one.id === photo.id ? { ...one, error: error.message } : one)),
    });
    return;
  }
  outcome.sent += 1;
  await store.change(id, (now, photos) => {
    photos.drop(photo.id);
    return now && { ...now, photosSent: now.photosSent + 1, photos: now.photos.filter((one) => one.id !== photo.id) };
  });
}
