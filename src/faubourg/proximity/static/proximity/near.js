// « Près de moi »: the phone gives its position, the page is asked again with it. Without it, nothing changes.
const place = document.querySelector("[data-near]");
if (place && "geolocation" in navigator) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const address = new URL(window.location.href);
        address.searchParams.set("lon", coords.longitude.toFixed(5));
        address.searchParams.set("lat", coords.latitude.toFixed(5));
        window.location.assign(address);
      },
      () => {
        place.hidden = true;
      },
    );
  });
}
