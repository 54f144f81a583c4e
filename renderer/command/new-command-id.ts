import { type Uuid, uuidv7 } from "../../domain/values/id.ts";

const clock = { now: () => Date.now() };
const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };

/** The id that makes a command happen once, however often it is sent. */
export function newCommandId(): Uuid {
  return uuidv7(clock, random);
}
