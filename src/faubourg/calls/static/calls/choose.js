// A search above each long list of boxes to tick; without this file, the list scrolls.
const FEW = 8;
const label = document.querySelector("script[data-search]")?.dataset.search ?? "";
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const list of document.querySelectorAll("div.choose")) {
  const choices = [...list.querySelectorAll("label")].map((line) => ({
    line: line.closest("div.choose > *") ?? line, text: fold(line.textContent), box: line.querySelector("input"),
  }));
  if (choices.length <= FEW) continue;
  const search = document.createElement("input");
  search.type = "search";
  search.className = "choose-search";
  search.autocomplete = "off";
  search.setAttribute("aria-label", label);
  search.placeholder = label;
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    for (const { line, text, box } of choices) line.hidden = !box?.checked && !words.every((word) => text.includes(word));
  });
  // Enter searches, it does not send the form.
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  list.before(search);
}
