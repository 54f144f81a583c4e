/**
 * What of the file is a good and what is an amount. A good's code is five digits with or without letters after
 * them (85123A, 15056BL), or begins with DCGS (the retailer's girls' and boys' wear). Everything else is rung up as an open
 * item, which moves no stock: POST, DOT, C2 (carriage), M and m (manual), D (discount), S (samples), B, BANK CHARGES, AMAZONFEE,
 * CRUK, PADS, gift_0001_20 …
 */
export function isGoodsCode(code: string): boolean {
  return /^(\d{5}[a-z]*|dcgs.*)$/i.test(code);
}
