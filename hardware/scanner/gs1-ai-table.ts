/**
 * The shapes of GS1's Application Identifiers, after the GS1 Barcode Syntax Dictionary
 * (GS1 AISBL, Apache-2.0; see NOTICE). Kept: lengths, character sets, check digits and dates.
 * Left out: what a till has no use for (country lists, IBANs, coupon fields, which AI needs which).
 */
export interface AiShape {
  readonly ai: string;
  /** The data ends by its length, so no separator follows. */
  readonly predefinedLength: boolean;
  readonly parts: readonly AiPart[];
}

export interface AiPart {
  /** N digits, X GS1's 82 characters, Y its 39, Z base64url. */
  readonly charset: "N" | "X" | "Y" | "Z";
  readonly minLength: number;
  readonly maxLength: number;
  readonly optional: boolean;
  readonly check: "csum" | "yymmd0" | null;
}

/** Shape → the AIs that have it. "*" predefined length, "..n" up to n, "[ ]" may be missing. */
const shapes: Readonly<Record<string, string>> = {
  "*N18,csum": "00",
  "*N14,csum": "01 02 03",
  "*N13,csum": "410-417",
  "*N6,yymmd0": "11-13 15-17",
  "*N2": "20",
  "*N6":
    "3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165 3200-3205 3210-3215 " +
    "3220-3225 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295 3300-3305 " +
    "3310-3315 3320-3325 3330-3335 3340-3345 3350-3355 3360-3365 3370-3375 3400-3405 3410-3415 " +
    "3420-3425 3430-3435 3440-3445 3450-3455 3460-3465 3470-3475 3480-3485 3490-3495 3500-3505 " +
    "3510-3515 3520-3525 3530-3535 3540-3545 3550-3555 3560-3565 3570-3575 3600-3605 3610-3615 " +
    "3620-3625 3630-3635 3640-3645 3650-3655 3660-3665 3670-3675 3680-3685 3690-3695",
  "X..2": "7010",
  "X..3": "427 7008",
  "X..4": "7041",
  "X..10": "7009 7255",
  "X..12": "7005",
  "X..20": "10 21 22 243 254 420 4318 7020-7022 710-717 7240 8002 8012",
  "X..25": "7242 8013 8014 8020",
  "X..28": "235",
  "X..30": "240 241 250 251 400 401 403 4308 4319 7002 7023 8004 90",
  "X..34": "8007",
  "X..35": "4300 4301 4310 4311 4320",
  "X..40": "7253 7254 7259",
  "X..50": "8009",
  "X..70": "4302-4306 4312-4316 7257 8110 8112 8200",
  "X..90": "7256 91-99",
  "Y..30": "8010",
  "Z..90": "8030",
  "N..4": "7004",
  "N..6": "242",
  "N..8": "30 37",
  "N..10": "8019",
  "N..12": "8011",
  "N..15": "3900-3909 3920-3929",
  X2: "4307 4317",
  X3: "7258",
  N1: "4321-4323 7252",
  N2: "7241",
  N3: "422 424 426",
  N4: "3940-3943 8111",
  N6: "3950-3955 4326 7006 8005",
  N8: "7250",
  N13: "7001",
  N15: "8040 8041",
  N32: "8042",
  "N17,csum": "402",
  "N18,csum": "8017 8018",
  "N3 N..15": "3910-3919 3930-3939",
  "N3 X..9": "421",
  "N3 X..27": "7030-7039",
  "X2 X..28": "7230-7239",
  "N3 [N3] [N3] [N3] [N3]": "423 425",
  "N6 N4": "7003",
  "N8 N4": "7251",
  "N10 N10": "4309",
  "N6,yymmd0 N4": "4324 4325",
  "N6 [X1]": "4330-4333",
  "N6 [N4]": "7011",
  "N6 [N6]": "7007",
  "N6 N2 [N2] [N2]": "8008",
  "N1 X1 X1 X1": "7040",
  "N4 N5 N3 N1 N1": "8001",
  "N13,csum [X..17]": "253",
  "N13,csum [N..12]": "255",
  "N14,csum N4": "8006 8026",
  "N1 N13,csum [X..16]": "8003",
  "N18 [N..2]": "8043",
};

const table: ReadonlyMap<string, AiShape> = buildTable();

/** How many AIs the table knows; the dictionary's 224 lines, ranges counted one by one. */
export const aiCount = table.size;

/** The shape of `ai` ("01", "3103"), or null when GS1 has not given it out. */
export function aiShape(ai: string): AiShape | null {
  return table.get(ai) ?? null;
}

/** The AI that `text` begins with: two, three or four digits, whichever GS1 gave out. */
export function leadingAi(text: string): AiShape | null {
  for (const length of [2, 3, 4]) {
    const shape = text.length >= length ? table.get(text.slice(0, length)) : undefined;
    if (shape) return shape;
  }
  return null;
}

function buildTable(): Map<string, AiShape> {
  const built = new Map<string, AiShape>();
  for (const [spec, ranges] of Object.entries(shapes)) {
    const predefinedLength = spec.startsWith("*");
    const parts = spec.replace("*", "").split(" ").map(parsePart);
    for (const ai of ranges.split(" ").flatMap(expandRange)) {
      built.set(ai, { ai, predefinedLength, parts });
    }
  }
  return built;
}

function parsePart(spec: string): AiPart {
  const [shape = "", check = null] = spec.replace(/[[\]]/g, "").split(",");
  const upTo = shape.includes("..");
  const maxLength = Number(shape.slice(upTo ? 3 : 1));
  return {
    charset: shape.charAt(0) as AiPart["charset"],
    minLength: upTo ? 1 : maxLength,
    maxLength,
    optional: spec.startsWith("["),
    check: check as AiPart["check"],
  };
}

function expandRange(range: string): string[] {
  const [from = "", to = from] = range.split("-");
  const count = Number(to) - Number(from) + 1;
  return Array.from({ length: count }, (_, i) =>
    String(Number(from) + i).padStart(from.length, "0"),
  );
}
