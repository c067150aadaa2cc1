// The basemap is a comfort: after three failed tiles it leaves with a notice, and is tried again when asked
// or when the network is back. Contours, points and landmarks need none.
const L = window.L;
const MOST_FAILURES = 3;

export function follow(map, address, attribution) {
  const notice = document.getElementById("map-notice");
  if (!address) return;
  const tiles = L.tileLayer(address, { attribution, maxNativeZoom: 19, maxZoom: 19 });
  let failures = 0;

  const shown = (present) => map.getContainer().classList.toggle("has-basemap", present);

  tiles.on("tileload", () => {
    failures = 0;
    shown(true);
    notice.hidden = true;
  });
  tiles.on("tileerror", () => {
    failures += 1;
    if (failures < MOST_FAILURES || !map.hasLayer(tiles)) return;
    // Not within the event of the layer itself: Leaflet is still walking through its tiles.
    setTimeout(() => {
      tiles.remove();
      shown(false);
      notice.hidden = false;
    });
  });

  const retry = () => {
    failures = 0;
    notice.hidden = true;
    tiles.addTo(map);
  };
  document.getElementById("map-retry").addEventListener("click", retry);
  window.addEventListener("online", () => map.hasLayer(tiles) || retry());
  tiles.addTo(map);
}
