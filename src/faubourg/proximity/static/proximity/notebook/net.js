// What is asked of the server. Three ways to fail: nobody answers (try again), the session has ended (sign in
// again), the server says no (its sentence is shown). Nothing is forgotten on any of them.
import { told } from "./words.js";

export class Unreachable extends Error {}
export class SignedOut extends Error {}
export class No extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

const PATIENCE = 60_000;

export async function ask(path, { key = "", csrf = "", body, headers = {} } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(told.api + path, {
      method: body === undefined ? "GET" : "POST",
      body,
      cache: "no-store",
      signal: stop.signal,
      headers: {
        Accept: "application/json",
        ...(key ? { "X-Carnet-Key": key } : {}),
        ...(csrf ? { "X-CSRFToken": csrf } : {}),
        ...headers,
      },
    });
    return await heard(answer);
  } catch (error) {
    if (error instanceof No || error instanceof SignedOut) throw error;
    throw new Unreachable(String(error));
  } finally {
    clearTimeout(timer);
  }
}

// An answer without its JSON did not come from the notebook's own pages: a proxy, a portal, a crash.
async function heard(answer) {
  const content = await answer.json();
  if (answer.ok) return content;
  if (answer.status === 401) throw new SignedOut(content.sentence);
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) throw new Unreachable(answer.status);
  throw new No(answer.status, content.sentence ?? "");
}

export const start = (key) => ask("", { key });
export const preparedWalk = (id, key) => ask(`marches/${id}/`, { key });
export const sendNote = (recorded, by, { key, csrf }) =>
  ask(`marches/${recorded.walk}/notes/`, {
    key, csrf, body: JSON.stringify({ note: recorded, noted_by: by }), headers: { "Content-Type": "application/json" },
  });
export const sendPhoto = (noteId, photo, bytes, { key, csrf }) =>
  ask(`notes/${noteId}/photos/`, {
    key, csrf, body: bytes,
    headers: { "Content-Type": photo.type || "application/octet-stream", "X-Content-SHA256": photo.sha256 },
  });
