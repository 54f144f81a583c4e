const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  quot: '"',
  lt: "<",
  gt: ">",
  apos: "'",
  nbsp: " ",
  eacute: "é",
  egrave: "è",
};

const LONGEST = 60;
/** Food supplements, and names that a jester typed. */
const UNFIT = /comprim|g[ée]lule|whey|merde|shit|fuck|\btest\b/i;
const LETTERS = /\p{L}/gu;

/**
 * A name fit for a receipt, or null when the source's name is junk: entities and control marks
 * gone, blanks collapsed, shouting lowered, 3 to 60 characters that read as words.
 */
export function tidyName(raw: string): string | null {
  const text = lowered(plain(raw));
  const letters = text.match(LETTERS)?.length ?? 0;
  if (text.length > LONGEST || letters < 3 || letters * 2 < text.length) return null;
  if (/[*?\\#=<>[\]{}|_~^@;]|&\w+$|\.\.|https?:/.test(text)) return null;
  if (/(\p{L})\1\1/u.test(text) || !balanced(text) || UNFIT.test(text)) return null;
  if (!text.split(/[^\p{L}]+/u).every(readable)) return null;
  const bare = text.replace(/^[^\p{L}\p{N}"'(%]+/u, "").replace(/[\s,.:;&+/(-]+$/u, "");
  return bare.length < 3 ? null : bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** A brand fit for a column: the first of the list, tidied, or "". */
export function tidyBrand(raw: string): string {
  const first = tidyName(raw.split(",")[0] ?? "");
  return first === null || first.length > 30 ? "" : first;
}

/** "500 g", "1.5 L", "6 x 330 ml" from the source's free text, or "". */
export function tidyPack(raw: string): string {
  const match =
    /^(?:(?:gr?\s+)?(\d{1,2})\s?[x×]\s?)?(\d{1,4}(?:[.,]\d{1,2})?)\s?(kg|g|gr|ml|cl|l|lt)\b/i.exec(
      raw.trim(),
    );
  const amount = match?.[2];
  const unit = match?.[3];
  if (amount === undefined || unit === undefined) return "";
  const size = `${amount.replace(",", ".")} ${unitName(unit.toLowerCase())}`;
  return match?.[1] === undefined ? size : `${match[1]} x ${size}`;
}

function unitName(unit: string): string {
  if (unit === "gr") return "g";
  return unit === "l" || unit === "lt" ? "L" : unit;
}

function plain(raw: string): string {
  return raw
    .normalize("NFC")
    .replace(/&(\w{2,6});/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/&quot$/, "")
    .replace(/[’`´‘׳]/g, "'")
    .replace(/[“”״„]/g, '"')
    .replace(/[®™©]/g, "")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replace(/ ,/g, ",")
    .trim();
}

function balanced(text: string): boolean {
  const outside = text.replace(/\([^()\s][^()]*\)/g, "");
  return !/[()]/.test(outside) && (text.match(/"/g)?.length ?? 0) < 3;
}

/** SHOUTED NAMES become sentences; short marks such as BIO, UHT and M&M's stay. */
function lowered(text: string): string {
  const letters = text.replace(/[^\p{L}]/gu, "");
  if (letters.length < 5 || letters !== letters.toUpperCase()) return text;
  return text.toLowerCase();
}

/** Latin words of four letters and more have a vowel and no unlikely run of consonants. */
function readable(word: string): boolean {
  const bare = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  if (!/^[a-z]{4,}$/.test(bare)) return true;
  return /[aeiouy]/.test(bare) && !/[^aeiouyh]{6}/.test(bare);
}
