// The grid of the maquette: arrows and Enter go from cell to cell, a block copied from a spreadsheet is
// pasted, subtotals follow. Everything can be typed and saved without this file.
// Words come from the data attributes of the table.

const grid = document.querySelector("[data-maquette]");
const told = document.querySelector("[data-maquette-told]");
const writer = (digits) => new Intl.NumberFormat(document.documentElement.lang, {
  style: "currency", currency: "EUR", minimumFractionDigits: digits, maximumFractionDigits: digits,
});
const [whole, exact] = [writer(0), writer(2)];
// The cents are written only when there are some, as everywhere.
const euros = (amount) => (amount % 100 ? exact : whole).format(amount / 100);

// « 10 000,50 € » as cents; null when empty, NaN when the server will have to say what is wrong.
function cents(text) {
  const bare = text.replace(/[\s\u00a0\u202f\u2009€]/g, "");
  if (!bare) return null;
  const found = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(bare);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : NaN;
}

class Grid {
  constructor(table) {
    this.table = table;
    this.rows = [...table.querySelectorAll("tbody tr[data-group]")].map((row) => ({
      row, group: row.dataset.group, sum: row.querySelector("[data-row-sum]"),
      cells: [...row.querySelectorAll("input.mq-cell")],
    })).filter((each) => each.cells.length);
    this.sums = new Map([...table.querySelectorAll("[data-sum]")].map((cell) => [cell.dataset.sum, cell]));
    this.seen = JSON.parse(table.closest("form").elements.seen.value).cells;
    table.addEventListener("keydown", (event) => this.move(event));
    table.addEventListener("paste", (event) => this.paste(event));
    table.closest("form").addEventListener("input", () => this.count());
    this.count();
  }

  place(cell) {
    const line = this.rows.findIndex(({ cells }) => cells.includes(cell));
    return line < 0 ? null : [line, this.rows[line].cells.indexOf(cell)];
  }

  go(line, column) {
    const cell = this.rows[line]?.cells[column];
    if (!cell) return false;
    cell.focus();
    cell.select();
    return true;
  }

  move(event) {
    const at = this.place(event.target);
    if (!at || event.altKey || event.ctrlKey || event.metaKey) return;
    const [line, column] = at;
    const { selectionStart, selectionEnd, value } = event.target;
    const whole = selectionStart === 0 && selectionEnd === value.length;
    const steps = {
      ArrowUp: [line - 1, column], ArrowDown: [line + 1, column], Enter: [line + (event.shiftKey ? -1 : 1), column],
      ...(whole || selectionEnd === 0 ? { ArrowLeft: [line, column - 1] } : {}),
      ...(whole || selectionStart === value.length ? { ArrowRight: [line, column + 1] } : {}),
    };
    if (event.key === "Escape" && value !== event.target.defaultValue) {
      event.target.value = event.target.defaultValue;
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
      event.preventDefault();
    }
    if (!(event.key in steps) || (event.shiftKey && event.key !== "Enter")) return;
    if (this.go(...steps[event.key]) || event.key === "Enter") event.preventDefault();
  }

  paste(event) {
    const at = this.place(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const block = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    if (!at || (block.length === 1 && block[0].length === 1)) return;
    event.preventDefault();
    let [kept, outside] = [0, 0];
    block.forEach((texts, down) => texts.forEach((each, right) => {
      const cell = this.rows[at[0] + down]?.cells[at[1] + right];
      if (!cell) { outside += 1; return; }
      cell.value = each.trim();
      kept += 1;
    }));
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
    const words = outside ? this.table.dataset.outside : this.table.dataset.pasted;
    told.textContent = words.replace("{n}", kept).replace("{out}", outside);
  }

  // Each subtotal keeps to its level and origin: what was there when the page came, plus what changed since.
  count() {
    const moved = new Map();
    for (const { group, cells, sum } of this.rows) {
      let inRow = 0;
      for (const cell of cells) {
        const now = cents(cell.value);
        const wrong = Number.isNaN(now);
        cell.classList.toggle("mq-changed", cell.value !== cell.defaultValue);
        cell.title = wrong ? this.table.dataset.wrong : "";
        const step = wrong ? 0 : (now ?? 0) - (this.seen[cell.name]?.[1] ?? 0);
        const year = cell.name.slice(-4);
        inRow += step;
        for (const key of [`${group}|${year}`, group]) moved.set(key, (moved.get(key) ?? 0) + step);
      }
      sum.textContent = euros(Number(sum.dataset.cents) + inRow);
    }
    for (const [key, cell] of this.sums) {
      if (!moved.get(key) && !cell.dataset.counted) continue;
      cell.dataset.counted = "1";
      cell.textContent = euros(Number(cell.dataset.cents) + (moved.get(key) ?? 0));
    }
  }
}

if (grid) new Grid(grid);
