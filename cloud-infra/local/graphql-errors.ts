import { GraphQLError } from "graphql";
import { RequestRefused } from "../service/request-refused.ts";

/** An error as AppSync writes it into a response. */
export interface AppsyncError {
  readonly message: string;
  readonly errorType: string;
  readonly path?: readonly (string | number)[] | null;
  readonly locations?: readonly { readonly line: number; readonly column: number }[] | null;
  readonly data?: null;
  readonly errorInfo?: null;
}

export function unauthorised(what: string): AppsyncError {
  return { errorType: "UnauthorizedException", message: what };
}

export function malformed(message: string): AppsyncError {
  return { errorType: "MalformedHttpRequestException", message };
}

/**
 * An execution error as AppSync shows it. What a request did wrong is told in words; what went
 * wrong inside stays in the log, because messages of the machine can name its files.
 */
export function toAppsyncError(
  error: GraphQLError,
  onFault: (fault: unknown) => void,
): AppsyncError {
  const { message, errorType } = describe(error, onFault);
  return {
    path: error.path ?? null,
    data: null,
    errorType,
    errorInfo: null,
    locations: error.locations ?? null,
    message,
  };
}

function describe({ message, cause, path }: GraphQLError, onFault: (fault: unknown) => void) {
  if (cause instanceof RequestRefused) return { errorType: cause.code, message };
  if (cause instanceof FieldDenied) return { errorType: "Unauthorized", message };
  if (cause === undefined || cause instanceof GraphQLError || path === undefined) {
    return { errorType: "ValidationError", message };
  }
  onFault(cause);
  return {
    errorType: "Lambda:Unhandled",
    message: "the store server could not do this; its log says why",
  };
}

/** The authorizer or the schema keeps this caller from this field. */
export class FieldDenied extends Error {
  override readonly name = "FieldDenied";
  constructor(field: string, type: string) {
    super(`Not Authorized to access ${field} on type ${type}`);
  }
}
