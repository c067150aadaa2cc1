// Comfort of the frame, nothing essential: the theme changes without reloading, menus close like menus.
const themeForm = document.querySelector("[data-theme-form]");

themeForm?.addEventListener("submit", (event) => {
  const chosen = event.submitter?.value;
  if (!chosen) return;
  event.preventDefault();
  document.documentElement.dataset.theme = chosen;
  document.cookie = `theme=${chosen};path=/;max-age=31536000;samesite=lax`;
  for (const button of themeForm.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
});

const menus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
