import { z } from "zod";

/** Between the main process and the host's: its life only, never what is sold. */

/** The host's word to main. */
export const fromHostProcess = z.discriminatedUnion("kind", [
  /** Pages may connect. */
  z.object({ kind: z.literal("ready") }),
  /** A first sale can be rung up. */
  z.object({
    kind: z.literal("sellable"),
    /** Where browsers find the till, when it serves any. */
    register: z.string().nullable(),
    backOffice: z.string().nullable(),
  }),
  /** It was asked, and it still turns. */
  z.object({ kind: z.literal("alive") }),
  /** [P2] How the till stands for who wants to leave. */
  z.object({
    kind: z.literal("leaving"),
    question: z.number().int(),
    mayGo: z.boolean(),
    reasons: z.array(z.string()),
  }),
  /** Starting again cannot mend it; `message` is for the person at the till. */
  z.object({ kind: z.literal("failed"), exitCode: z.number().int(), message: z.string() }),
]);
export type FromHostProcess = z.infer<typeof fromHostProcess>;

/** Main's word to the host; a port of a page comes along with `connect`. */
export const toHostProcess = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("connect") }),
  z.object({ kind: z.literal("ask") }),
  z.object({
    kind: z.literal("leave"),
    question: z.number().int(),
    what: z.enum(["close", "update"]),
  }),
  z.object({ kind: z.literal("close") }),
]);
export type ToHostProcess = z.infer<typeof toHostProcess>;
export type LeaveQuestion = Extract<ToHostProcess, { kind: "leave" }>;
export type LeaveWord = Extract<FromHostProcess, { kind: "leaving" }>;
