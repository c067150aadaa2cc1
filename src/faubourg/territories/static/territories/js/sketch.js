// The points of an outline (parts of rings, holes after the shell) or of a line, apart from any map.
const DECIMALS = 6;
const round = (value) => Number(value.toFixed(DECIMALS));
// How near its edge, in pixels, a point must be put to join an outline that stands already.
const NEAR = 40;

export class Sketch {
  constructor(mode) {
    this.mode = mode;
    this.parts = [];
    this.fresh = true;
  }

  get closes() { return this.mode === "polygon"; }

  get empty() { return this.parts.length === 0; }

  get size() { return this.parts.flat().reduce((sum, ring) => sum + ring.length, 0); }

  // What is not understood leaves the sketch as it is: the server says what is wrong with it.
  read(text) {
    if (!text.trim()) {
      this.parts = [];
      this.fresh = true;
      return;
    }
    const found = this.closes ? polygonsOf(text) : lineOf(text);
    if (!found) return;
    this.parts = found;
    this.fresh = !this.closes;
  }

  // One step back: the text of before, and whether one was still drawing.
  back(text) {
    const fresh = this.fresh;
    this.read(text);
    this.fresh = fresh || this.empty;
  }

  text() {
    if (this.empty) return "";
    if (!this.closes) return this.parts[0][0].map(([lon, lat]) => `${lon} ${lat}`).join("\n");
    const closed = this.parts.map((part) => part.map((ring) => [...ring, ring[0]]));
    const whole = closed.length === 1
      ? { type: "Polygon", coordinates: closed[0] }
      : { type: "MultiPolygon", coordinates: closed };
    return JSON.stringify(whole);
  }

  vertices() {
    let n = 0;
    return this.each((ring, at) => ring.map((point, index) => ({ at: [...at, index], point, n: ++n })));
  }

  middles() {
    return this.each((ring, at) => {
      const edges = this.closes && ring.length > 2 ? ring.length : ring.length - 1;
      return Array.from({ length: Math.max(edges, 0) }, (_, index) => {
        const [one, two] = [ring[index], ring[(index + 1) % ring.length]];
        return { at: [...at, index + 1], point: [(one[0] + two[0]) / 2, (one[1] + two[1]) / 2] };
      });
    });
  }

  each(work) {
    return this.parts.flatMap((part, p) => part.flatMap((ring, r) => work(ring, [p, r])));
  }

  // At the end while one draws; on the nearest edge of an outline that was there already.
  place(point, onScreen) {
    const spot = point.map(round);
    if (this.empty) this.parts = [[[spot]]];
    else if (this.fresh) this.parts[0][0].push(spot);
    else {
      const at = this.nearest(spot, onScreen);
      if (at) this.insert(at, spot);
    }
  }

  nearest(spot, onScreen) {
    const here = onScreen(spot);
    let best = NEAR;
    let found = null;
    this.each((ring, at) => {
      ring.forEach((one, index) => {
        const away = distance(here, onScreen(one), onScreen(ring[(index + 1) % ring.length]));
        if (away < best) [best, found] = [away, [...at, index + 1]];
      });
      return [];
    });
    return found;
  }

  insert([part, ring, index], point) { this.parts[part][ring].splice(index, 0, point.map(round)); }

  move([part, ring, index], point) { this.parts[part][ring][index] = point.map(round); }

  // A ring of fewer than three points is none: a hole goes, a shell takes its part along.
  remove([part, ring, index]) {
    this.parts[part][ring].splice(index, 1);
    const least = this.fresh ? 1 : 3;
    if (this.parts[part][ring].length >= least) return;
    if (ring === 0) this.parts.splice(part, 1);
    else this.parts[part].splice(ring, 1);
    if (this.empty) this.fresh = true;
  }

  bounds() {
    const points = this.parts.flat(2);
    if (!points.length) return null;
    const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
    return [[Math.min(...lats), Math.min(...lons)], [Math.max(...lats), Math.max(...lons)]];
  }
}

const isPoint = (point) => Array.isArray(point) && point.length > 1 && point.slice(0, 2).every(Number.isFinite);

function open(ring) {
  if (!Array.isArray(ring) || !ring.every(isPoint)) throw new TypeError("ring");
  const points = ring.map(([lon, lat]) => [round(lon), round(lat)]);
  const [first, last] = [points[0], points.at(-1)];
  if (points.length > 1 && first[0] === last[0] && first[1] === last[1]) points.pop();
  return points;
}

function geometriesOf(found) {
  if (found?.type === "FeatureCollection") return found.features.flatMap(geometriesOf);
  if (found?.type === "Feature") return geometriesOf(found.geometry);
  if (found?.type === "GeometryCollection") return found.geometries.flatMap(geometriesOf);
  return found ? [found] : [];
}

function polygonsOf(text) {
  try {
    const parts = geometriesOf(JSON.parse(text)).flatMap(({ type, coordinates }) => {
      if (type === "Polygon") return [coordinates];
      return type === "MultiPolygon" ? coordinates : [];
    });
    return parts.length ? parts.map((part) => part.map(open)) : null;
  } catch { return null; }
}

function lineOf(text) {
  try {
    if (text.trim().startsWith("{")) {
      const line = geometriesOf(JSON.parse(text)).find(({ type }) => type === "LineString");
      return line ? [[line.coordinates.map(([lon, lat]) => [round(lon), round(lat)])]] : null;
    }
    const points = text.trim().split("\n").map((line) => line.trim().split(/[;\s]+/).map((part) => Number(part.replace(",", "."))));
    return points.every(isPoint) ? [[points]] : null;
  } catch { return null; }
}

function distance(point, one, two) {
  const [dx, dy] = [two.x - one.x, two.y - one.y];
  const along = ((point.x - one.x) * dx + (point.y - one.y) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - one.x - part * dx, point.y - one.y - part * dy);
}
