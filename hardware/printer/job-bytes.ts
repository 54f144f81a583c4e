import type { DocumentJob } from "./port.ts";
import type { PrinterProfile } from "./profile.ts";
import { paperSensorRequest, type PrinterAnswer, processId, processIdRequest } from "./status.ts";

/**
 * As many zero bytes as our longest command: they end a picture whose rest was lost with the line,
 * and a printer in its right mind ignores them. Then reset, and cut off what is half printed.
 */
const separation = Uint8Array.of(
  ...new Uint8Array(8_192),
  ...[0x0a, 0x1b, 0x40, 0x1d, 0x56, 0x42, 0x00],
);

/** What is sent for a document, and how the printer's word that it is on paper looks. */
export interface Transmission {
  readonly bytes: Uint8Array;
  readonly isAnswer: (answer: PrinterAnswer) => boolean;
}

/** The document, then the question that the printer answers when all before it is printed. */
export function transmissionOf(job: DocumentJob, profile: PrinterProfile): Transmission {
  const id = processId(job.jobId);
  const byId = profile.completion === "process-id";
  const question = byId ? processIdRequest(id) : paperSensorRequest;
  return {
    bytes: Buffer.concat([...(job.separate === true ? [separation] : []), job.bytes, question]),
    isAnswer: (answer) =>
      byId ? answer.kind === "process-id" && answer.id === id : answer.kind === "paper-sensor",
  };
}
