import type { Direction } from "./document.ts";

/** Every word on a receipt or Z report that is not data. `{n}` stands for the number or text put in. */
export interface ReceiptLabels {
  readonly direction: Direction;
  readonly receipt: string;
  readonly returnReceipt: string;
  readonly copy: string;
  readonly till: string;
  readonly cashier: string;
  readonly perKg: string;
  readonly kg: string;
  readonly fromReceipt: string;
  readonly items: string;
  readonly subtotal: string;
  readonly total: string;
  readonly refund: string;
  readonly cash: string;
  readonly card: string;
  readonly giftCard: string;
  readonly change: string;
  readonly reference: string;
  readonly taxRate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly thanks: string;
  readonly zReport: string;
  readonly businessDate: string;
  readonly opened: string;
  readonly closed: string;
  readonly receipts: string;
  readonly sales: string;
  readonly returns: string;
  readonly turnover: string;
  readonly tenders: string;
  readonly drawer: string;
  readonly float: string;
  readonly expected: string;
  readonly counted: string;
  readonly over: string;
  readonly short: string;
  readonly exact: string;
  readonly control: string;
  readonly voids: string;
  readonly linesRemoved: string;
  readonly noSales: string;
  readonly reprints: string;
  readonly perpetual: string;
  readonly grandTotal: string;
  readonly returnsTotal: string;
  readonly receiptsEver: string;
}

const english: ReceiptLabels = {
  direction: "ltr",
  receipt: "Receipt",
  returnReceipt: "RETURN",
  copy: "COPY {n}",
  till: "Till {n}",
  cashier: "Served by {n}",
  perKg: "{n}/kg",
  kg: "{n} kg",
  fromReceipt: "from receipt {n}",
  items: "Items",
  subtotal: "Subtotal",
  total: "TOTAL",
  refund: "REFUND",
  cash: "Cash",
  card: "Card",
  giftCard: "Gift card",
  change: "Change",
  reference: "Ref. {n}",
  taxRate: "Tax",
  net: "Net",
  tax: "Tax",
  gross: "Gross",
  thanks: "Thank you for shopping with us",
  zReport: "Z REPORT {n}",
  businessDate: "Business date",
  opened: "Opened",
  closed: "Closed",
  receipts: "Receipts",
  sales: "Sales",
  returns: "Returns",
  turnover: "Turnover",
  tenders: "Taken",
  drawer: "Drawer",
  float: "Float",
  expected: "Expected",
  counted: "Counted",
  over: "Over",
  short: "Short",
  exact: "Difference",
  control: "For control",
  voids: "Voided sales",
  linesRemoved: "Lines removed",
  noSales: "Drawer opened without a sale",
  reprints: "Receipts printed again",
  perpetual: "Since this till began",
  grandTotal: "Grand total",
  returnsTotal: "Returns total",
  receiptsEver: "Receipts",
};

const german: ReceiptLabels = {
  direction: "ltr",
  receipt: "Bon",
  returnReceipt: "RÜCKGABE",
  copy: "KOPIE {n}",
  till: "Kasse {n}",
  cashier: "Es bediente Sie {n}",
  perKg: "{n}/kg",
  kg: "{n} kg",
  fromReceipt: "von Bon {n}",
  items: "Artikel",
  subtotal: "Zwischensumme",
  total: "SUMME",
  refund: "ERSTATTUNG",
  cash: "Bar",
  card: "Karte",
  giftCard: "Geschenkkarte",
  change: "Rückgeld",
  reference: "Ref. {n}",
  taxRate: "MwSt.",
  net: "Netto",
  tax: "Steuer",
  gross: "Brutto",
  thanks: "Vielen Dank für Ihren Einkauf",
  zReport: "Z-BERICHT {n}",
  businessDate: "Geschäftstag",
  opened: "Geöffnet",
  closed: "Geschlossen",
  receipts: "Bons",
  sales: "Verkäufe",
  returns: "Rückgaben",
  turnover: "Umsatz",
  tenders: "Eingenommen",
  drawer: "Lade",
  float: "Wechselgeld",
  expected: "Soll",
  counted: "Gezählt",
  over: "Überschuss",
  short: "Fehlbetrag",
  exact: "Differenz",
  control: "Zur Kontrolle",
  voids: "Abgebrochene Verkäufe",
  linesRemoved: "Entfernte Positionen",
  noSales: "Lade ohne Verkauf geöffnet",
  reprints: "Erneut gedruckte Bons",
  perpetual: "Seit Beginn dieser Kasse",
  grandTotal: "Gesamtumsatz",
  returnsTotal: "Rückgaben gesamt",
  receiptsEver: "Bons",
};

const hebrew: ReceiptLabels = {
  direction: "rtl",
  receipt: "קבלה",
  returnReceipt: "החזרה",
  copy: "העתק {n}",
  till: "קופה {n}",
  cashier: "שירת אותך: {n}",
  perKg: "{n} לק״ג",
  kg: "{n} ק״ג",
  fromReceipt: "מקבלה {n}",
  items: "פריטים",
  subtotal: "סכום ביניים",
  total: "סה״כ",
  refund: "להחזר",
  cash: "מזומן",
  card: "כרטיס",
  giftCard: "כרטיס מתנה",
  change: "עודף",
  reference: "אסמכתא {n}",
  taxRate: "מע״מ",
  net: "לפני מע״מ",
  tax: "מע״מ",
  gross: "כולל מע״מ",
  thanks: "תודה שקניתם אצלנו",
  zReport: "דוח Z {n}",
  businessDate: "יום עסקים",
  opened: "נפתחה",
  closed: "נסגרה",
  receipts: "קבלות",
  sales: "מכירות",
  returns: "החזרות",
  turnover: "מחזור",
  tenders: "התקבולים",
  drawer: "מגירה",
  float: "קופה פותחת",
  expected: "צפוי",
  counted: "נספר",
  over: "עודף בקופה",
  short: "חסר בקופה",
  exact: "הפרש",
  control: "לבקרה",
  voids: "מכירות שבוטלו",
  linesRemoved: "שורות שהוסרו",
  noSales: "פתיחות מגירה ללא מכירה",
  reprints: "קבלות שהודפסו שוב",
  perpetual: "מאז תחילת הקופה",
  grandTotal: "סה״כ מצטבר",
  returnsTotal: "החזרות מצטברות",
  receiptsEver: "קבלות",
};

/** The labels of a locale by its language, English where there are none. */
export function receiptLabels(locale: string): ReceiptLabels {
  const language = locale.toLowerCase().split(/[-_]/)[0];
  if (language === "de") return german;
  if (language === "he" || language === "iw") return hebrew;
  return english;
}

/** `label` with its `{n}` replaced. */
export function fill(label: string, value: string | number): string {
  return label.replace("{n}", () => String(value));
}
