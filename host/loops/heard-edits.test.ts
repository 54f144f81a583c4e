import { expect, it } from "vitest";
import type { Product } from "../../domain/catalogue/product.ts";
import { openLedger } from "../../ledger/ledger.ts";
import { changeSchema } from "../../sync/protocol/wire.ts";
import { createSyncLedger } from "./sync-ledger.ts";

const terminalId = "01900000-0000-7000-8000-000000000001";
const terminal = { terminalId, storeId: "store", tillNumber: 1 };
const tea: Product = {
  ...{ sku: "tea", name: "Tea", gtins: [], priceMinor: 100, taxCategory: "zero" },
  unit: "each",
};

it("[C3] the cloud's word on an edit counts, also when it comes before the answer to the push", () => {
  const ledger = openLedger(":memory:");
  const sync = createSyncLedger(ledger, terminal);
  sync.applyChanges([{ kind: "product", product: { ...tea, gtins: [] } }], 1);
  ledger.write(() => {
    const { position } = ledger.append(terminalId, {
      ...{ id: "01900000-0000-7000-8000-0000000000e1", type: "product.edited", atMs: 1 },
      payload: {
        sku: "tea",
        changes: { priceMinor: 90 },
        base: { priceMinor: "=100" },
        stampMs: 1,
      },
    });
    ledger.ownEdits.add(position, "tea");
  });
  const judged = { ...tea, gtins: [], priceMinor: 120, versions: { priceMinor: "=120" } };
  sync.applyChanges([{ kind: "product", product: judged }], 2);
  expect(ledger.catalogue.bySku("tea")?.priceMinor).toBe(90);
  sync.recordAck(sync.head(), [], 2);
  expect(ledger.catalogue.bySku("tea")?.priceMinor).toBe(120);
  expect(ledger.ownEdits.isEmpty()).toBe(true);
  ledger.close();
});

it("[C3] an edit that the cloud had heard of when it told the good is judged, whatever stands there", () => {
  const ledger = openLedger(":memory:");
  const sync = createSyncLedger(ledger, terminal);
  const planned = "5.0195d000-0000-7000-8000-00000000e001.@office";
  const edit = (id: string, priceMinor: number) =>
    ledger.write(() => {
      const changes = { sku: "tea", changes: { priceMinor }, base: { priceMinor: planned } };
      const payload = { ...changes, stampMs: 9 };
      const { position } = ledger.append(terminalId, {
        ...{ id, type: "product.edited", atMs: 1, payload },
      });
      ledger.ownEdits.add(position, "tea");
      return ledger.journal.head();
    });
  const { epoch, seq, hash } = edit("01900000-0000-7000-8000-0000000000e1", 90);
  const chain = { epoch, seq, hash };
  // The edit lost, and then the price that it had seen began in the cloud.
  const told = { ...tea, gtins: [], priceMinor: 120, versions: { priceMinor: planned } };
  sync.applyChanges([{ kind: "product", product: told }], 2, { stamp: "s", chain });
  expect(ledger.catalogue.bySku("tea")?.priceMinor).toBe(120);
  expect(ledger.ownEdits.isEmpty()).toBe(true);
  // A later one is not in that page.
  edit("01900000-0000-7000-8000-0000000000e2", 80);
  sync.applyChanges([{ kind: "product", product: told }], 3, { stamp: "s", chain });
  expect(ledger.catalogue.bySku("tea")?.priceMinor).toBe(80);
  ledger.close();
});

it("[C3] a code that this till gave away again still leads to the good that keeps it", () => {
  const ledger = openLedger(":memory:");
  const sync = createSyncLedger(ledger, terminal);
  const code = "04006381333931";
  const milk = { ...tea, sku: "milk", name: "Milk" };
  const told = (...goods: Product[]) =>
    goods.map((product) => changeSchema.parse({ kind: "product", product }));
  sync.applyChanges(told(tea, milk), 1);
  ledger.write(() => {
    const payload = { sku: "tea", changes: { gtins: [code] }, base: { gtins: "=[]" }, stampMs: 1 };
    const { position } = ledger.append(terminalId, {
      ...{ id: "01900000-0000-7000-8000-0000000000e2", type: "product.edited", atMs: 1, payload },
    });
    ledger.ownEdits.add(position, "tea");
    ledger.catalogue.upsert({ ...tea, gtins: [code] });
  });
  // Milk has it, by the cloud; tea is told anew for another reason before the answer to the push.
  sync.applyChanges(told({ ...milk, gtins: [code] }), 2);
  sync.applyChanges(told({ ...tea, versions: { gtins: "1.e2.=[]" } }), 3);
  sync.recordAck(sync.head(), [], 2);
  expect(ledger.catalogue.bySku("tea")?.gtins).toEqual([]);
  expect(ledger.catalogue.byGtin(code)?.sku).toBe("milk");
  ledger.close();
});
