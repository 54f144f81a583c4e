import type { DepartmentName } from "./departments.ts";
import { RULES_BY_NAME, type Rule } from "./keywords.ts";
import { HEBREW_RULES } from "./keywords-hebrew.ts";

interface Matcher {
  readonly department: DepartmentName;
  readonly pattern: RegExp;
}

/** Flavours are named after fruit, so these words decide only where no other word does. */
const LAST_RESORT: DepartmentName = "Fruit & vegetables";

/** Words that say: made from fruit or vegetables, not the fruit itself. */
const PREPARED =
  /puree|tarte|confit|dried|seche|mashed|baked|flavou?r|arom|chip|chilli|chili|tahini|farci|sauce|mix|with|aux? |crunch|croqu|spray|blend|medley|style|powder|fritter|puff|salad /;

const matchers = RULES_BY_NAME.map(matcher);
const hebrewMatchers = HEBREW_RULES.map(matcher);

/**
 * The department of a source's category path ("Dairies, Cheeses, Feta"), or null. The last tag is
 * the narrowest, so it is asked first.
 */
export function departmentOfPath(path: string): DepartmentName | null {
  for (const tag of path.split(",").toReversed()) {
    const text = folded(tag).replace(/^\s*[a-z]{2}:/, "");
    const match = matchers.find((rule) => text.search(rule.pattern) !== -1);
    if (match !== undefined) return match.department;
  }
  return null;
}

/** The one department that a good's name speaks of; null when it speaks of none or of several. */
export function departmentOfName(name: string): DepartmentName | null {
  const found = onlyMatch(matchers, folded(name));
  const plain = found !== LAST_RESORT || (name.length <= 32 && !PREPARED.test(folded(name)));
  return plain ? found : null;
}

export function departmentOfHebrewName(name: string): DepartmentName | null {
  return onlyMatch(hebrewMatchers, folded(name));
}

/** Earlier rules take their words away from later ones: "peanut butter" is no butter. */
function onlyMatch(rules: readonly Matcher[], text: string): DepartmentName | null {
  const departments = new Set<DepartmentName>();
  let rest = text;
  for (const { department, pattern } of rules) {
    const without = rest.replace(pattern, " / ");
    if (without !== rest) departments.add(department);
    rest = without;
  }
  if (departments.size > 1) departments.delete(LAST_RESORT);
  const [first, second] = departments;
  return second === undefined ? (first ?? null) : null;
}

function matcher([department, keywords]: Rule): Matcher {
  const words = folded(keywords)
    .split(",")
    .map((word) => word.trim().replace(/\s+/g, " "));
  const alternatives = words.map((word) =>
    word.endsWith("*") ? `${word.slice(0, -1)}\\p{L}*` : `${word}(?:s|es|n|x)?(?![\\p{L}])`,
  );
  return { department, pattern: new RegExp(`(?<!\\p{L})(?:${alternatives.join("|")})`, "gu") };
}

/** Lower case without accents. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe");
}
