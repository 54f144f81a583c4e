import { z } from "zod";
import type { Transport } from "../engine/ports.ts";
import type { OfficeLine } from "../protocol/office.ts";
import { enrolDocument1 } from "../protocol/operations-1.ts";
import { enrolDocument } from "../protocol/operations.ts";
import { type Enrolment, enrolmentSchema } from "../protocol/wire.ts";
import { createCaller } from "./caller.ts";
import { createGraphqlOffice } from "./graphql-office.ts";
import {
  createGraphqlTransport,
  type GraphqlWire,
  readAnswer,
  type Timeouts,
  usualTimeouts,
} from "./graphql-transport.ts";
import { createPatience } from "./patience.ts";
import { listenForPokes } from "./poke-subscription.ts";
import { createSpeaker } from "./speak.ts";

/** How a terminal reaches its cloud, and proves who it is. */
export interface AppsyncLine {
  /** "https://host:port/graphql", AppSync's or a store server's. */
  readonly endpoint: string;
  readonly storeId: string;
  readonly terminalId: string;
  /** Made at the enrolment. Goes into the request's header and nowhere else. */
  readonly secret: string;
  readonly timeouts?: Partial<Timeouts> | undefined;
}

const newcomerToken = "newcomer";

/**
 * The line to the cloud through the real aws-amplify client. Loading this file costs a quarter of a
 * second.
 */
export function createAppsyncTransport(line: AppsyncLine): Transport {
  const patience = createPatience();
  const caller = createCaller(line.endpoint, `${line.terminalId}.${line.secret}`, patience);
  const wire: GraphqlWire = {
    call: (...asked) => caller.call(...asked),
    cancelAll: () => caller.cancelAll(),
    listen: ({ query, variables, terminalId, timeoutMs }, onPoke, onConnection) => {
      const rules = { terminalId, timeoutMs: patience.limitMs(timeoutMs, 0) };
      return listenForPokes(caller.subscribe(query, variables), rules, onPoke, onConnection);
    },
  };
  return createGraphqlTransport(wire, line, { ...usualTimeouts, ...line.timeouts });
}

/** [P1] The back office's line: its questions wait for nothing that the engine does. */
export function createAppsyncOffice(line: AppsyncLine): OfficeLine {
  const token = `${line.terminalId}.${line.secret}`;
  const caller = createCaller(line.endpoint, token, createPatience());
  return createGraphqlOffice(caller, line.timeouts?.bulkMs ?? usualTimeouts.bulkMs);
}

/**
 * [A1] Turns an enrolment code into a terminal, once. Rejects with `TransportError`; `refused` when
 * the code is not valid.
 */
export async function enrolTerminal(request: {
  readonly endpoint: string;
  readonly code: string;
  readonly name: string;
  /** [H1] SPKI, DER, base64. */
  readonly publicKey?: string | undefined;
}): Promise<Enrolment> {
  const { endpoint, ...newcomer } = request;
  const caller = createCaller(endpoint, newcomerToken, createPatience());
  // A document that the cloud does not understand it refuses before it looks at the code.
  const answer = await createSpeaker().ask((protocol) => {
    const { code, name } = newcomer;
    return protocol === 1
      ? caller.call(enrolDocument1, { code, name }, usualTimeouts.bulkMs)
      : caller.call(enrolDocument, newcomer, usualTimeouts.bulkMs);
  });
  return readAnswer(z.object({ enrol: enrolmentSchema }), answer).enrol;
}
