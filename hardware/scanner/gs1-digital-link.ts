import { checkElement, type Gs1Element } from "./gs1-elements.ts";

/** What may follow the GTIN in the path, in this order (GS1 Digital Link URI Syntax §4.8). */
const qualifierOrders: readonly (readonly string[])[] = [["22", "10", "21"], ["235"]];

/**
 * The elements of a GS1 Digital Link about a trade item, as QR codes on goods carry them from 2027
 * on: `https://id.gs1.org/01/09506000134352/10/ABC?17=260731`. GTINs of 12 and 13 digits are filled
 * up to 14. Null for every other address, and for a link whose data is wrong.
 * Compressed links and the retired names ("gtin") are not read.
 */
export function parseDigitalLink(uri: string): Gs1Element[] | null {
  const match = /^(?:https?|HTTPS?):\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?(?:#.*)?$/.exec(uri);
  const [, authority = "", path = "", query = ""] = match ?? [];
  if (!match || !/^[\w\-.:[\]]+$/.test(authority) || /[^!-~]|[<>{}`"^|\\]/.test(uri)) return null;
  const fromPath = readPath(path.split("/").slice(1));
  const fromQuery = fromPath && readQuery(query);
  if (!fromQuery) return null;
  const elements = [...fromPath, ...fromQuery];
  const distinct = new Set(elements.map(({ ai }) => ai));
  if (distinct.size !== elements.length) return null;
  return elements.every((element) => checkElement(element) === null) ? elements : null;
}

/** The last `/01/…` from which the rest of the path is a GTIN with its qualifiers. */
function readPath(segments: readonly string[]): Gs1Element[] | null {
  for (let at = segments.length - 2; at >= 0; at--) {
    if (segments[at] !== "01") continue;
    const elements = readPairs(segments.slice(at));
    if (elements && qualifiersInOrder(elements.slice(1).map(({ ai }) => ai))) return elements;
  }
  return null;
}

function readPairs(segments: readonly string[]): Gs1Element[] | null {
  if (segments.length % 2 !== 0) return null;
  const elements: Gs1Element[] = [];
  for (let i = 0; i < segments.length; i += 2) {
    const ai = segments[i] ?? "";
    const data = decodePercent(segments[i + 1] ?? "");
    if (data === null) return null;
    elements.push({ ai, data: ai === "01" ? fillGtin(data) : data });
  }
  return elements;
}

function qualifiersInOrder(ais: readonly string[]): boolean {
  return qualifierOrders.some((order) => {
    const places = ais.map((ai) => order.indexOf(ai));
    return places.every((place, i) => place >= 0 && (i === 0 || place > (places[i - 1] ?? -1)));
  });
}

/** The query's AIs; words that are not numbers belong to somebody else and are passed over. */
function readQuery(query: string): Gs1Element[] | null {
  const elements: Gs1Element[] = [];
  for (const pair of query.split(/[&;]/)) {
    const [ai = "", ...rest] = pair.split("=");
    if (!/^\d+$/.test(ai)) continue;
    // A plus sign in a query may be a space (HTML forms) or a plus: no GS1 data has a space.
    const data = decodePercent(rest.join("=").replaceAll("+", "%20"));
    if (data === null) return null;
    elements.push({ ai, data: ai === "01" ? fillGtin(data) : data });
  }
  return elements;
}

function fillGtin(data: string): string {
  return /^\d{12,13}$/.test(data) ? data.padStart(14, "0") : data;
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
