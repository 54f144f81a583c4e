import { TransportError, type TransportErrorKind } from "../engine/ports.ts";

/**
 * What a failed call of aws-amplify means for the engine. Amplify hides the status of an answer
 * behind "Unknown error": it is found where Amplify keeps the original error, never by the text.
 */
export function classifyError(error: unknown): TransportError {
  const [first] = errorsOf(error);
  if (first === undefined) return new TransportError("unreachable", faultText(error));
  const status = statusOf(first.originalError);
  if (status !== undefined) return byStatus(status);
  if (first.originalError instanceof Error) {
    return new TransportError("unreachable", faultText(first.originalError));
  }
  return byGraphqlError(first);
}

interface GraphqlError {
  readonly message: string;
  readonly errorType?: string;
  readonly originalError?: unknown;
}

function errorsOf(error: unknown): readonly GraphqlError[] {
  if (typeof error !== "object" || error === null || !("errors" in error)) return [];
  return Array.isArray(error.errors) ? (error.errors as readonly GraphqlError[]) : [];
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("response" in error)) return undefined;
  const { response } = error as { readonly response?: { readonly statusCode?: number } };
  return response?.statusCode;
}

function byStatus(status: number): TransportError {
  if (status === 401 || status === 403) {
    return new TransportError(
      "unauthorised",
      "The cloud does not know this till. Enrol it again with a code that renews it.",
    );
  }
  if (status === 413)
    return new TransportError("too-large", "The cloud takes no request so large.");
  const passes = status >= 500 || status === 408 || status === 425 || status === 429;
  const kind: TransportErrorKind = passes ? "unreachable" : "refused";
  return new TransportError(kind, `The cloud answered with HTTP status ${status}.`);
}

const refusals = /^(BadRequest|UnsupportedProtocol): /;
const refusedTypes: ReadonlySet<string | undefined> = new Set([
  "BadRequest",
  "UnsupportedProtocol",
  "ValidationError",
  "MalformedHttpRequestException",
]);

function byGraphqlError({ message, errorType }: GraphqlError): TransportError {
  if (errorType?.startsWith("Unauthorized")) return byStatus(401);
  const isRefused = refusals.test(message) || refusedTypes.has(errorType);
  return new TransportError(isRefused ? "refused" : "unreachable", message);
}

const untrusted: ReadonlySet<string> = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "CERT_SIGNATURE_FAILURE",
]);

/** The system's own code is what helps: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED. */
function faultText(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return "The cloud does not answer.";
  if (untrusted.has(code)) {
    return `The cloud's certificate is not trusted (${code}). Check the address and the CA file.`;
  }
  return `The cloud does not answer (${code}).`;
}

/** Amplify wraps fetch's error, which wraps the system's. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 5) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  const inner =
    "underlyingError" in error ? error.underlyingError : "cause" in error ? error.cause : undefined;
  return codeOf(inner, depth + 1);
}
