import { afterEach, expect, it } from "vitest";
import { type CloudTill, openCloudTill } from "./test-cloud-till.ts";

let opened: CloudTill;

const open = async () => (opened = await openCloudTill(20_261_123));
afterEach(() => opened.till.close());

it("[D2] [R3] a good made here stays, where the cloud that had heard of it was put back", async () => {
  const { till, cloud, stepUntil, untilProved } = await open();
  const honey = { sku: "honey", name: "Honey", gtins: [], priceMinor: 800 };
  const good = { ...honey, unit: "each" as const, taxCategory: "reduced" };
  await till.do("catalogue.add-product", good);
  await untilProved();
  // The backup knows nothing of it; what the cloud has of this till is told late.
  const head = cloud.head.bind(cloud);
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  cloud.head = async (...asked) => {
    const answer = await head(...asked);
    await held;
    return answer;
  };
  const snapshot = cloud.snapshot.bind(cloud);
  cloud.snapshot = async (...asked) => {
    const { epoch, seq, hash } = await head(1);
    return { ...(await snapshot(...asked)), chain: { epoch, seq, hash } };
  };
  cloud.setBack(1, 0);
  cloud.beginLife("second life");
  cloud.poke();
  const snapshots = () => cloud.calls.filter((call) => call.startsWith("snapshot"));
  for (let i = 0; i < 20; i++) {
    till.world.clock.advance(100);
    await new Promise((resolve) => void setImmediate(resolve));
  }
  letGo();
  await stepUntil(() => snapshots().length > 0);
  const sold = await till.do("cart.add-product", { sku: "honey" });
  expect(sold.cart).toMatchObject({ totalMinor: 800 });
});
