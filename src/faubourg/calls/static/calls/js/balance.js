// The balance of a budget while it is typed: the totals move at once, then the server says what the rules
// make of them. Without this file the same sentences come when the page is saved.

const WAIT = 500;
const form = document.querySelector("form[data-balance]");
const told = form?.querySelector("[data-balance-told]");

// « 10 000,50 € » as cents; 0 when empty or when the server will have to say what is wrong.
function cents(text) {
  const found = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f\u2009€]/g, ""));
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
}

class Balance {
  constructor() {
    this.begun = this.typed();
    this.totals = Object.fromEntries(
      [...told.querySelectorAll("[data-total]")].map((cell) => [cell.dataset.total, cell.dataset.cents * 1]),
    );
    form.addEventListener("input", () => this.changed());
  }

  typed() {
    const sums = {};
    for (const input of form.querySelectorAll("input[data-side]"))
      sums[input.dataset.side] = (sums[input.dataset.side] ?? 0) + cents(input.value);
    return sums;
  }

  // What was saved, plus what changed since: the lines of the other step are in it too.
  changed() {
    const now = this.typed();
    for (const cell of told.querySelectorAll("[data-total]")) {
      const side = cell.dataset.total;
      const sum = (this.totals[side] ?? 0) + (now[side] ?? 0) - (this.begun[side] ?? 0);
      cell.textContent = new Intl.NumberFormat(document.documentElement.lang, {
        style: "currency", currency: "EUR", minimumFractionDigits: sum % 100 ? 2 : 0,
      }).format(sum / 100);
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.balanceUrl, {
        method: "POST", body: new FormData(form), signal: this.asked.signal,
      });
      if (answer.ok && !answer.redirected) told.innerHTML = await answer.text();
    } catch { /* Offline, or typed on: the totals stand, the server will say the rest. */ }
  }
}

if (told) new Balance();
