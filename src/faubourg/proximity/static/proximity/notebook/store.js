// What the phone keeps, in IndexedDB: walks prepared, notes, the bytes of their photos.
// A change of a note and of its photos is one transaction: all of it or none, whenever the app is closed.
const { get: kvGet, set: kvSet, del: kvDel } = window.idbKeyval;
const NAME = "faubourg-notebook";
const SHELF = "kept";
const channel = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : null;
const listeners = new Set();
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME);
    asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  }).then(
    (database) => { database.onclose = () => { opened = undefined; }; return database; },
    (error) => { opened = undefined; throw error; },
  );
  return opened;
}

// What idb-keyval calls a store; « strict »: the promise is kept once the disk has it.
const shelf = (mode, work) => open().then((database) =>
  work(database.transaction(SHELF, mode, { durability: mode === "readwrite" ? "strict" : "relaxed" }).objectStore(SHELF)));

const noteKey = (id) => `note:${id}`;
const photoKey = (id) => `photo:${id}`;
const walkKey = (id) => `walk:${id}`;

export const isFull = (error) => error?.name === "QuotaExceededError";
export const get = (name) => kvGet(`set:${name}`, shelf);
export const put = (name, value) => kvSet(`set:${name}`, value, shelf);
export const photoBytes = (id) => kvGet(photoKey(id), shelf);
export const readNote = (id) => kvGet(noteKey(id), shelf);
export const readWalk = (id) => kvGet(walkKey(id), shelf);
export const keepWalk = (walk) => kvSet(walkKey(walk.id), walk, shelf);
export const forgetWalk = (id) => kvDel(walkKey(id), shelf);

const all = (prefix) => shelf("readonly", (objects) => new Promise((resolve, reject) => {
  const asked = objects.getAll(IDBKeyRange.bound(`${prefix}:`, `${prefix};`));
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
}));

export const notes = async () => (await all("note")).sort((a, b) => a.at.localeCompare(b.at));
export const walks = async () =>
  (await all("walk")).sort((a, b) => String(a.starts_at).localeCompare(String(b.starts_at)));

// Read a note, change it, write it, in one transaction. `work(note, photos)` returns the new note, null to
// throw it away, undefined to leave it; `photos.put(id, {type, bytes})`, `photos.drop(id)` and
// `photos.another(note)`, which keeps one more note, go along.
export async function change(id, work) {
  const done = await shelf("readwrite", (objects) => new Promise((resolve, reject) => {
    const photos = {
      put: (photo, value) => objects.put(value, photoKey(photo)),
      drop: (photo) => objects.delete(photoKey(photo)),
      another: (note) => objects.put(note, noteKey(note.id)),
    };
    const asked = objects.get(noteKey(id));
    let result, wrong;
    asked.onsuccess = () => {
      try {
        result = work(asked.result, photos);
        if (result === null) objects.delete(noteKey(id));
        else if (result !== undefined) objects.put(result, noteKey(id));
      } catch (error) {
        wrong = error;
        reject(error);
        objects.transaction.abort();
      }
    };
    objects.transaction.oncomplete = () => resolve(result);
    objects.transaction.onabort = () => reject(wrong ?? objects.transaction.error);
    objects.transaction.onerror = () => reject(wrong ?? objects.transaction.error);
  }));
  changed();
  return done;
}

export function changed() {
  channel?.postMessage("changed");
  for (const listener of listeners) listener();
}

export const onChange = (listener) => listeners.add(listener);
channel?.addEventListener("message", () => { for (const listener of listeners) listener(); });
