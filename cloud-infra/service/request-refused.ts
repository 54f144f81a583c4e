/**
 * Starts the message, because AppSync hands a Lambda's message through but not always its error
 * type.
 */
export type RefusalCode = "BadRequest" | "UnsupportedProtocol";

/** The request itself is wrong: sending it again as it is cannot help. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
  readonly code: RefusalCode;
  constructor(code: RefusalCode, explanation: string) {
    super(`${code}: ${explanation}`);
    this.code = code;
  }
}
