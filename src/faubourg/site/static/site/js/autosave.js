// Saves what is being typed, every few seconds and when a field is left; keeps a copy in this browser
// until the server has acknowledged it. The form works the same without this file.
// Texts, address and versions come from the data attributes of base/autosave.html.

const EVERY = 4000;

// One text for one content: a database may give the names back in another order.
const inOrder = (content) => JSON.stringify(content, Object.keys(content).sort());

class Autosave {
  constructor(status) {
    this.status = status;
    this.form = status.closest("form");
    this.told = status.querySelector("[data-told]");
    this.actions = status.querySelector("[data-actions]");
    this.url = status.dataset.url;
    this.key = `faubourg.draft.${status.dataset.owner}.${this.url}`;
    this.seen = 0;
    this.saved = this.text();
    this.begun = this.saved;
    this.busy = Promise.resolve(true);
  }

  async start() {
    const kept = this.kept();
    const drafted = await this.read();
    this.seen = drafted?.version ?? 0;
    if (kept && kept.text !== this.begun) this.offer(kept.text, kept.at);
    else if (this.seen && inOrder(drafted.content) !== this.begun)
      this.offer(inOrder(drafted.content), drafted.saved_at);
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("change", () => this.keep());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("online", () => this.save());
    setInterval(() => this.save(), EVERY);
  }

  // What the form holds, as one text: names in order, each with its values. No password, no file.
  text() {
    const content = {};
    for (const [name, value] of new FormData(this.form)) {
      const control = this.form.elements[name];
      if (typeof value !== "string" || name === "csrfmiddlewaretoken" || control?.type === "password") continue;
      (content[name] ??= []).push(value);
    }
    return inOrder(content);
  }

  // What this page is called, without the name of the site.
  title() {
    return document.title.replace(/ · [^·]*$/, "");
  }

  fill(text) {
    const content = JSON.parse(text);
    for (const control of this.form.elements) {
      if (!control.name || ["password", "file", "submit", "button"].includes(control.type)) continue;
      if (control.name === "csrfmiddlewaretoken") continue;
      const values = content[control.name];
      if (["checkbox", "radio"].includes(control.type)) control.checked = Boolean(values?.includes(control.value));
      else if (control.multiple) for (const option of control.options) option.selected = Boolean(values?.includes(option.value));
      else if (values?.length) control.value = values.shift();
    }
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  kept() {
    try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; }
  }

  keep() {
    if (this.text() === this.saved) return;
    try {
      localStorage.setItem(this.key, JSON.stringify({ text: this.text(), at: new Date().toISOString() }));
    } catch { /* A private window may refuse: the server still saves. */ }
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* Nothing was kept. */ }
  }

  async read() {
    try {
      const answer = await fetch(this.url, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch { return null; }
  }

  // One save at a time; true when the server holds what the form holds.
  save(force = false) {
    this.busy = this.busy.then(() => this.send(force));
    return this.busy;
  }

  async send(force) {
    const text = this.text();
    if (this.waiting && !force) return false;
    if (text === this.saved && !force) return true;
    const body = `{"content":${text},"seen":${this.seen},"base_version":${this.status.dataset.version || 0},` +
      `"owner":${JSON.stringify(this.status.dataset.owner)},"title":${JSON.stringify(this.title())},` +
      `"page":${JSON.stringify(location.pathname + location.search)}}`;
    let answer;
    try {
      answer = await fetch(this.url, {
        method: "POST", body, keepalive: body.length < 60000,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token() },
      });
    } catch {
      this.tell(this.status.dataset.offline);
      return false;
    }
    return this.heard(answer, text);
  }

  async heard(answer, text) {
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.seen = told.version;
      this.saved = text;
      if (this.text() === text) this.forget();
      this.tell(this.status.dataset.saved.replace("{time}", this.time(told.saved_at)));
      return true;
    }
    if (answer.status === 401) this.tell(told.sentence, [[this.status.dataset.signIn, () => this.signIn()]]);
    else if (answer.status === 409) this.conflict(told);
    else this.tell(told.sentence || this.status.dataset.offline);
    return false;
  }

  conflict(told) {
    this.waiting = true;
    const settle = (act) => () => { this.waiting = false; this.seen = told.version; act(); };
    this.tell(told.sentence, [
      [this.status.dataset.keepMine, settle(() => this.save(true))],
      [this.status.dataset.takeOther, settle(() => {
        this.saved = inOrder(told.content);
        this.fill(this.saved);
        this.forget();
        this.tell("");
      })],
    ]);
  }

  // The text of before comes back only when asked for.
  offer(text, at) {
    this.waiting = true;
    this.tell(this.status.dataset.offer.replace("{time}", this.time(at, true)), [
      [this.status.dataset.restore, () => { this.waiting = false; this.fill(text); this.save(true); }],
      [this.status.dataset.discard, () => {
        this.waiting = false;
        this.forget();
        this.seen = 0;
        this.tell("");
        fetch(this.url, { method: "DELETE", headers: { "X-CSRFToken": this.token() } }).catch(() => {});
      }],
    ]);
  }

  // A session that ended must not swallow the form: it is saved first, and stays here if it cannot be.
  async submit(event) {
    if (this.sure) return;
    event.preventDefault();
    this.keep();
    const waiting = this.waiting;
    this.waiting = false;
    const held = await this.save();
    // A form ignores being sent while it is still telling that it is: let this event end first.
    await new Promise((resolve) => setTimeout(resolve));
    if (!held && this.actions.childElementCount) {
      this.waiting = waiting || this.waiting;
      return;
    }
    const token = this.form.elements.csrfmiddlewaretoken;
    if (token) token.value = this.token();
    this.sure = true;
    this.form.requestSubmit(event.submitter);
    this.sure = false;
  }

  signIn() {
    this.keep();
    const back = encodeURIComponent(location.pathname + location.search);
    location.assign(`${this.status.dataset.signInUrl}?next=${back}`);
  }

  // Signing in again in another window changes it: read it each time.
  token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : this.form.elements.csrfmiddlewaretoken?.value ?? "";
  }

  time(at, withDay = false) {
    const shown = { hour: "2-digit", minute: "2-digit", ...(withDay ? { day: "numeric", month: "long" } : {}) };
    return new Date(at).toLocaleString(document.documentElement.lang, shown);
  }

  tell(sentence, actions = []) {
    this.told.textContent = sentence;
    this.actions.replaceChildren(...actions.map(([label, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button-plain";
      button.textContent = label;
      button.addEventListener("click", () => { this.tell(""); act(); });
      return button;
    }));
    this.status.hidden = !sentence;
    // The notice ends the form, so that nothing moves under a click; what asks for an answer is brought in view.
    if (actions.length) this.status.scrollIntoView({ block: "nearest" });
  }
}

for (const status of document.querySelectorAll("[data-autosave]")) new Autosave(status).start();
