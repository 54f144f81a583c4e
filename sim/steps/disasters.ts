import type { Shop } from "../shop/shop.ts";
import type { SimTill } from "../shop/till.ts";
import { atTill, type Step } from "./step.ts";

function takeImage({ images, trace }: Shop, till: SimTill): void {
  images.push({ till, image: till.image() });
  trace(`${till.name}'s disk is copied`);
}

/** A technician puts an older copy of a till's disk back. */
function putBackImage({ chance, images, faults, trace }: Shop): void {
  if (images.length === 0) return;
  const { till, image } = chance.pick(images);
  faults.note("disk image put back");
  till.crash();
  till.putBack(image);
  trace(`${till.name}'s disk is an older copy now`);
}

/** A copied disk goes into a second machine, and both sell. */
async function addTwin(shop: Shop): Promise<void> {
  const { chance, images, tills, faults } = shop;
  const [first] = images;
  const hasTwin = tills.some(({ name }) => name.endsWith("twin"));
  if (first === undefined || hasTwin) return;
  faults.note("till cloned");
  await shop.addTill(chance.pick(images));
}

function backUpCloud({ backups, book, cloud, edits, goods, people, trace }: Shop): void {
  const [moved, copied] = [book.copy(), edits.copy()];
  const now = { goods: new Map(goods), people: new Set(people), edits: copied, moved };
  backups.push({ path: cloud.backUp(), ...now });
  trace("the cloud is backed up");
}

/** Longer than any message is on its way: no answer of the old cloud comes after the new one's. */
const rebuildMs = 40_000;

/** The cloud's machine burns down, and stands again on what was kept of it. */
async function putBackCloud(shop: Shop): Promise<void> {
  const { backups, book, chance, cloud, edits, faults, goods, people } = shop;
  if (backups.length === 0) return;
  const backup = chance.pick(backups);
  faults.note("cloud's backup put back");
  cloud.crash();
  cloud.setBurnt(true);
  await shop.schedule.run(rebuildMs);
  cloud.setBurnt(false);
  cloud.putBack(backup.path);
  shop.watch.forget();
  shop.hasBeenPutBack = true;
  goods.clear();
  for (const [sku, product] of backup.goods) goods.set(sku, product);
  people.clear();
  for (const personId of backup.people) people.add(personId);
  edits.putBack(backup.edits);
  book.putBack(backup.moved);
  shop.web.sendAgain();
  cloud.start();
}

/** One more till is bought; not where a backup could forget that it was ever enrolled. */
async function newTill(shop: Shop): Promise<void> {
  if (shop.plan.families.has("backups")) return;
  if (shop.tills.length < 8 && shop.cloud.isUp()) await shop.addTill();
}

export const disasterSteps: readonly Step[] = [
  { name: "copy a disk", family: "disks", weight: 5, run: atTill(takeImage) },
  { name: "put a disk back", family: "disks", weight: 4, run: putBackImage },
  { name: "copy a disk for a twin", family: "twins", weight: 4, run: atTill(takeImage) },
  { name: "add a twin", family: "twins", weight: 4, run: addTwin },
  { name: "back up the cloud", family: "backups", weight: 4, run: backUpCloud },
  { name: "put back a backup", family: "backups", weight: 3, run: putBackCloud },
  { name: "new till", family: "owner", weight: 2, run: newTill },
];
