import { createPublicKey, verify } from "node:crypto";
import { chainHash } from "../../domain/facts/chain.ts";
import { signedText } from "../../sync/protocol/relayed.ts";
import type { PushRequest } from "../../sync/protocol/wire.ts";
import type { Caller } from "./receive-facts.ts";
import { RequestRefused } from "./request-refused.ts";
import { sha256 } from "./sha256.ts";
import type { StorePort } from "./store-port.ts";

/**
 * [A3] [H5] For whom a push speaks: the caller, or the terminal of the same store whose signature it
 * brings. The signature covers the chain up to the last fact, so nothing before it can be forged: the
 * facts must lead to it. One that does not is nobody's word, and a part of it neither.
 */
export async function speaksFor(
  store: StorePort,
  caller: Caller,
  { relayed, epoch, firstSeq, facts }: PushRequest,
): Promise<Caller> {
  if (relayed === undefined || relayed === null) return caller;
  const { terminalId, signature } = relayed;
  const terminal = await store.terminal(terminalId);
  const hash = facts.at(-1)?.hash ?? "";
  const text = signedText(terminalId, { epoch, seq: firstSeq + facts.length - 1, hash });
  const isSigned =
    terminal?.storeId === caller.storeId &&
    terminal.publicKey !== null &&
    isSignedBy(terminal.publicKey, text, signature) &&
    isOneChain(facts);
  if (!isSigned) {
    throw new RequestRefused("BadRequest", "push: relayed facts need their terminal's signature");
  }
  return { storeId: terminal.storeId, terminalId };
}

/** Whether each fact follows the one before it; what the first one follows the cloud's head decides. */
function isOneChain(facts: PushRequest["facts"]): boolean {
  return facts.every(({ body, hash }, i) => {
    const before = facts[i - 1];
    return before === undefined || chainHash(sha256, before.hash, body) === hash;
  });
}

function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, "base64"),
      format: "der",
      type: "spki",
    });
    return verify("sha256", Buffer.from(text), key, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}
