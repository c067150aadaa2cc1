// The area by the position of the phone; the form stays hidden where the browser knows none.
const form = document.getElementById("par-position");
if (navigator.geolocation) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.lon.value = coords.longitude.toFixed(4);
        form.lat.value = coords.latitude.toFixed(4);
        form.submit();
      },
      () => { form.querySelector("[role=status]").textContent = form.dataset.nowhere; },
      { timeout: 15000 },
    );
  });
}
