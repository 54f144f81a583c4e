import { expect, it } from "vitest";
import { TransportError } from "../engine/ports.ts";
import { pushDocument } from "../protocol/operations.ts";
import { createGraphqlTransport, usualTimeouts } from "./graphql-transport.ts";

const terminal = { storeId: "store", terminalId: "01900000-0000-7000-8000-000000000001" };
const hash = "a".repeat(64);
const request = { protocol: 2, epoch: 1, firstSeq: 1, facts: [{ body: "{}", hash }] };
const seen = { stamp: null, known: 0, read: null };

/** A cloud that answers each call by one of these, in turn; what it was asked. */
function transportTo(answers: readonly (object | string)[]) {
  const asked: { readonly query: string; readonly variables: object }[] = [];
  const transport = createGraphqlTransport(
    {
      async call(query, variables) {
        const answer = answers[asked.length] ?? "nothing more";
        asked.push({ query, variables });
        if (typeof answer === "string") throw new TransportError("refused", answer);
        return answer;
      },
      listen: () => () => {},
      cancelAll() {},
    },
    terminal,
    usualTimeouts,
  );
  return { transport, asked };
}

it("[V1] a cloud that finds fault with what was said is not asked in an older version", async () => {
  const { transport, asked } = transportTo(["BadRequest: push: relayed: no", { changes: null }]);
  await expect(transport.push(request)).rejects.toThrow("BadRequest");
  expect(asked.map(({ query }) => query)).toEqual([pushDocument]);
  await expect(transport.pull(0, 1, { epoch: 1, seq: 0, hash }, seen)).rejects.toThrow(
    "does not understand",
  );
  expect(asked.map(({ variables }) => "protocol" in variables)).toEqual([true, true]);
});

it("[H5] another till's facts are never said in a version that cannot name that till", async () => {
  const { transport, asked } = transportTo(['Unknown argument "packed" on field "push".']);
  const relayed = { terminalId: terminal.terminalId, signature: "aaaa" };
  await expect(transport.push({ ...request, relayed })).rejects.toThrow("Unknown argument");
  expect(asked).toHaveLength(1);
});
