import { failed, ok, type Result } from "../../domain/values/result.ts";

/** One column of the file: where it stands, and its title as the file writes it. */
export interface Column {
  readonly at: number;
  readonly title: string;
}

/** The columns that mean something to us. Only a name and one kind of code are needed. */
export interface Columns {
  /** Every title as the file writes it, for messages. */
  readonly titles: readonly string[];
  readonly name: Column;
  readonly gtins: readonly Column[];
  readonly sku?: Column | undefined;
  readonly plu?: Column | undefined;
  readonly brand?: Column | undefined;
  readonly category?: Column | undefined;
  readonly favourite?: Column | undefined;
  readonly price?: Column | undefined;
  readonly unit?: Column | undefined;
  readonly weighed?: Column | undefined;
  readonly tax?: Column | undefined;
  readonly stock?: Column | undefined;
}

type Field = Exclude<keyof Columns, "titles">;

/**
 * Titles as files write them, folded (see `foldedTitle`); where a file has several of one row, the
 * one named first here wins, so that "name" is preferred to "description".
 */
const TITLES: Readonly<Record<Field, string>> = {
  name: `name productname itemname articlename title product item articledescription shortname
    bezeichnung artikelbezeichnung artikelname produktname libelle designation nom nomduproduit
    nombre denominacion denominazione nome omschrijving naam nazwa nimi namn navn
    שם שםמוצר שםפריט תיאור description descripcion descrizione beschreibung tekst text`,
  gtins: `gtin gtin8 gtin12 gtin13 gtin14 barcode barcodes ean ean8 ean13 eancode upc upca upccode
    strichcode codebarre codebarres codesbarres codeabarres codigodebarras codiceabarre streepjescode
    kodkreskowy barcodenumber productbarcode itembarcode ברקוד קודברקוד`,
  sku: `sku stockcode articlenumber articleno articleid article artikelnummer artikelnr artikel
    artnr itemnumber itemno itemcode itemid productcode productid productnumber partnumber reference
    ref referencia codicearticolo codearticle codigo מקט קודפריט קודמוצר מספרפריט`,
  plu: "plu plucode plunumber plunummer scalecode waagencode קודשקילה",
  brand: `brand brands brandname marke marque marca merk marka מותג
    manufacturer hersteller fabricant fabricante produttore fabrikant maker יצרן`,
  category: `category categories categoryname department departmentname productgroup warengruppe
    kategorie abteilung categorie rayon famille categoria reparto departamento afdeling kategoria
    קטגוריה מחלקה קבוצה`,
  favourite: "favourite favorite favourites favorites quickkey quickkeys touchgroup מועדפים",
  price: `price unitprice retailprice saleprice salesprice sellingprice listprice grossprice rrp
    preis vkpreis verkaufspreis bruttopreis einzelpreis prix prixdevente prixttc prixunitaire precio
    preciodeventa pvp prezzo prezzodivendita prijs verkoopprijs cena pris מחיר מחירמכירה מחירליחידה`,
  unit: `unit unitofmeasure uom salesunit sellingunit einheit mengeneinheit verkaufseinheit unite
    unidad unita eenheid jednostka יחידה יחידתמידה`,
  weighed: `weighed isweighed byweight soldbyweight weighable scaleitem weighted bisweighted
    waageartikel wiegeartikel gewogen alpeso apeso aupoids vraac שקיל נשקל`,
  tax: `taxcategory taxclass taxgroup taxcode tax taxrate vat vatrate vatcode vatcategory gst mwst
    mwstsatz ust ustsatz steuersatz steuerklasse steuer tva tauxtva tauxdetva iva tipoiva aliquotaiva
    btw btwtarief מעמ קטגוריתמס`,
  stock: `stock stockquantity stockonhand onhand quantityonhand qtyonhand inventory
    inventoryquantity instock openingstock bestand lagerbestand enstock quantiteenstock existencias
    giacenza voorraad מלאי כמותבמלאי`,
};

const FIELDS = Object.entries(TITLES).map(([field, titles]) => ({
  field: field as Field,
  ranks: new Map(titles.split(/\s+/).map((title, rank) => [title, rank])),
}));

/** What the columns of a goods CSV may be called, for a message. */
const NEEDED = `a name (such as "name" or "description") and at least one of a barcode ("gtin", "barcode", "ean", "upc"), an article number ("sku") or a scale number ("plu")`;

/** Finds out which column is which. The failure tells a person what was found and what is needed. */
export function recogniseColumns(header: readonly string[]): Result<Columns, string> {
  const { name, gtins, ...rest } = Object.fromEntries(
    FIELDS.map(({ field, ranks }) => [field, matching(header, ranks)]),
  ) as Record<Field, Column[]>;
  const first = name[0];
  if (first === undefined || (gtins.length === 0 && !rest.sku[0] && !rest.plu[0])) {
    const found = header
      .map((title) => title.trim())
      .filter((title) => title !== "")
      .slice(0, 20)
      .map((title) => `"${title.slice(0, 40)}"`);
    const letters = header.some((title) => title.includes("\uFFFD"))
      ? ' Some of its letters are not UTF-8: save the file as "CSV UTF-8".'
      : "";
    return failed(
      `The first row names these columns: ${found.join(", ")}. Needed are ${NEEDED}.${letters}`,
    );
  }
  const single = Object.entries(rest).map(([field, columns]) => [field, columns[0]]);
  const titles = header.map((title) => title.trim());
  return ok({ titles, name: first, gtins, ...Object.fromEntries(single) });
}

/** How many of the titles mean something, to tell which delimiter a file uses. */
export function recognisedTitles(header: readonly string[]): number {
  return FIELDS.filter(({ ranks }) => matching(header, ranks).length > 0).length;
}

function matching(header: readonly string[], ranks: ReadonlyMap<string, number>): Column[] {
  return header
    .map((title, at) => ({ at, title: title.trim(), rank: rankOf(title, ranks) }))
    .filter((column) => column.rank !== undefined)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || a.at - b.at)
    .map(({ at, title }) => ({ at, title }));
}

function rankOf(title: string, ranks: ReadonlyMap<string, number>): number | undefined {
  const folded = foldedTitle(title);
  const withoutCurrency = folded.replace(/(eur|usd|gbp|chf|ils|nis|pln|sek|nok|dkk)$/, "");
  return ranks.get(folded) ?? ranks.get(withoutCurrency);
}

/** "Retail Price (EUR)" → "retailprice", "Libellé" → "libelle", 'מק"ט' → "מקט". */
function foldedTitle(title: string): string {
  return title
    .replace(/\([^)]*\)|\[[^\]]*\]/g, "")
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
