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

/** One more till is bought. */
async function newTill(shop: Shop): Promise<void> {
  if (shop.tills.length < 8 && shop.cloud.isUp()) await shop.addTill();
}

export const disasterSteps: readonly Step[] = [
  { name: "copy a disk", family: "disks", weight: 5, run: atTill(takeImage) },
  { name: "put a disk back", family: "disks", weight: 4, run: putBackImage },
  { name: "copy a disk for a twin", family: "twins", weight: 4, run: atTill(takeImage) },
  { name: "add a twin", family: "twins", weight: 4, run: addTwin },
  { name: "new till", family: "owner", weight: 2, run: newTill },
];
