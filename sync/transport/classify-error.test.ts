import { describe, expect, it } from "vitest";
import { classifyError } from "./classify-error.ts";

/** The shapes in which aws-amplify 6.22 rejects, as seen against a real server. */
function httpError(statusCode: number): object {
  const originalError = Object.assign(new Error("Unknown error"), { response: { statusCode } });
  return { data: {}, errors: [{ message: "Unknown error", originalError }] };
}

function networkError(code: string): object {
  const cause = Object.assign(new Error(code), { code });
  const underlyingError = Object.assign(new TypeError("fetch failed"), { cause });
  const originalError = Object.assign(new Error("A network error has occurred."), {
    underlyingError,
  });
  return { data: {}, errors: [{ message: "A network error has occurred.", originalError }] };
}

function graphqlError(message: string, errorType: string): object {
  return { data: null, errors: [{ message, errorType }] };
}

describe("classifyError", () => {
  it.each([
    [401, "unauthorised"],
    [403, "unauthorised"],
    [413, "too-large"],
    [400, "refused"],
    [404, "refused"],
    [429, "unreachable"],
    [500, "unreachable"],
    [503, "unreachable"],
  ])("takes HTTP %i as %s", (status, kind) => {
    expect(classifyError(httpError(status)).kind).toBe(kind);
  });

  it.each([
    ["ECONNREFUSED", "The cloud does not answer (ECONNREFUSED)."],
    [
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "The cloud's certificate is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE). " +
        "Check the address and the CA file.",
    ],
  ])("finds %s under what Amplify wraps it in", (code, message) => {
    expect(classifyError(networkError(code))).toMatchObject({ kind: "unreachable", message });
  });

  it.each([
    ["BadRequest: push: facts: too few", "Lambda:Unhandled", "refused"],
    ["UnsupportedProtocol: this cloud speaks version 1", "Lambda:Unhandled", "refused"],
    ["Cannot query field", "ValidationError", "refused"],
    ["Not Authorized to access push on type Mutation", "Unauthorized", "unauthorised"],
    ["Task timed out after 3.00 seconds", "Lambda:ExecutionTimeoutException", "unreachable"],
    ["the store server could not do this", "Lambda:Unhandled", "unreachable"],
  ])("takes %s (%s) as %s", (message, errorType, kind) => {
    expect(classifyError(graphqlError(message, errorType)).kind).toBe(kind);
  });

  it.each([[undefined], [null], ["text"], [{}], [{ errors: [] }], [{ errors: "no" }]])(
    "takes %j, which nobody foresaw, as a fault that may pass",
    (error) => {
      expect(classifyError(error).kind).toBe("unreachable");
    },
  );
});
