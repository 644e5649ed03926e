/** A point on the map that a text names. */
export interface MapPoint {
  readonly latitude: number;
  readonly longitude: number;
  /** The text without the link. */
  readonly rest: string;
}

const link = /(?:https?:\/\/|geo:)\S+/giu;
const pair = /(-?\d{1,2}(?:\.\d{1,15})?)[,\s]+(-?\d{1,3}(?:\.\d{1,15})?)/u;
/** Hosts of maps; a short link of theirs says nothing without being fetched, and nothing that a person sends is fetched. */
const mapHost = /^(?:(?:www|maps)\.)?google\.[a-z.]{2,6}$|^maps\.apple\.com$|^(?:www\.)?openstreetmap\.org$/u;
const named = ['ll', 'q', 'query', 'daddr', 'destination', 'center', 'coordinate', 'sll'] as const;

function pointOf(text: string | undefined | null): Omit<MapPoint, 'rest'> | undefined {
  const found = text ? pair.exec(text) : undefined;
  if (!found) return undefined;
  const [latitude, longitude] = [Number(found[1]), Number(found[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

/** The point in the address of a map: the pin before the middle of the picture, and what was searched for between them. */
function pointIn(address: string): Omit<MapPoint, 'rest'> | undefined {
  if (/^geo:/iu.test(address)) return pointOf(address.slice(4).split(/[;?]/u)[0]);
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!mapHost.test(url.hostname)) return undefined;
  const path = `${url.pathname}${url.hash}`;
  const pin = /!3d(-?\d{1,2}\.\d{1,15})!4d(-?\d{1,3}\.\d{1,15})/u.exec(path);
  if (pin) return pointOf(`${pin[1] ?? ''},${pin[2] ?? ''}`);
  const [marked] = [url.searchParams.get('mlat'), url.searchParams.get('mlon')];
  if (marked) return pointOf(`${marked},${url.searchParams.get('mlon') ?? ''}`);
  for (const name of named) {
    const point = pointOf(url.searchParams.get(name));
    if (point) return point;
  }
  const middle = /@(-?\d{1,2}\.\d{1,15}),(-?\d{1,3}\.\d{1,15})/u.exec(path);
  const place = /\/(?:place|search|dir\/)\/?(-?\d{1,2}\.\d{1,15}),\+?(-?\d{1,3}\.\d{1,15})/u.exec(path);
  const [, latitude, longitude] = place ?? middle ?? [];
  return latitude ? pointOf(`${latitude},${longitude ?? ''}`) : undefined;
}

/** The first point that a link of Google, Apple, OpenStreetMap or `geo:` in a text names. Read from the letters alone, never fetched. */
export function mapPointIn(text: string): MapPoint | undefined {
  for (const { 0: found } of text.matchAll(link)) {
    const point = pointIn(found.replace(/(?<![)\].,])[)\].,]+$/u, ''));
    if (point) return { ...point, rest: text.replace(found, ' ').replace(/\s+/gu, ' ').trim() };
  }
  return undefined;
}
