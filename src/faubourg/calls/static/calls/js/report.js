// The account of a report: each line against what was planned, each side its total, as they are typed.
// The server counts again; without this file everything can be typed and saved.

const money = document.querySelector("[data-report]");
const lang = document.documentElement.lang;
const euros = (amount) => new Intl.NumberFormat(lang, {
  style: "currency", currency: "EUR", minimumFractionDigits: amount % 100 ? 2 : 0, maximumFractionDigits: 2,
}).format(amount / 100);
const share = new Intl.NumberFormat(lang, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
// A fifth away from what was planned asks for an explanation: `rules.calls.report.GAP_BP`.
const GAP = 0.2;

// « 10 000,50 € » as cents; null when empty or when the server will have to say what is wrong.
function cents(text) {
  const bare = text.replace(/[\s\u00a0\u202f\u2009€]/g, "");
  const found = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(bare);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

function count() {
  for (const side of money.querySelectorAll("[data-side].report-side")) {
    let [total, told] = [0, false];
    for (const field of side.querySelectorAll("input.amount")) {
      const [actual, planned] = [cents(field.value), Number(field.dataset.planned)];
      const line = field.closest(".report-line");
      line.querySelector("output").textContent = actual === null || !planned ? "–" : share.format(actual / planned);
      line.classList.toggle("gap", actual !== null && Math.abs(actual - planned) > planned * GAP);
      if (actual !== null) [total, told] = [total + actual, true];
    }
    side.querySelector("[data-total]").textContent = told ? euros(total) : "–";
  }
}

if (money) {
  money.addEventListener("input", count);
  // A draft that is taken back fills the fields without a key being pressed.
  money.closest("form").addEventListener("change", count);
  count();
}
