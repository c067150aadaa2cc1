// What the page was told by the server: addresses, limits, and the words that the programme says by itself.
export const told = JSON.parse(document.getElementById("notebook-told").textContent);

export const say = (name, values = {}) =>
  told.words[name].replace(/\{(\w+)\}/g, (_whole, place) => String(values[place]));

// « 1 note », « 2 notes »: one form for each of the language's plurals.
const plural = new Intl.PluralRules(told.language);
export const many = (name, n) => {
  const form = told.words[`${name}_${plural.select(n)}`] ? plural.select(n) : "other";
  return say(`${name}_${form}`, { n });
};

export const moment = (iso) =>
  new Date(iso).toLocaleString(told.language, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
