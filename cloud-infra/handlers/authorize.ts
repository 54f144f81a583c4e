import type { TerminalAccess } from "../service/terminal-access.ts";

/** What AppSync sends to a Lambda authorizer, as far as we read it. */
export interface AuthorizerEvent {
  readonly authorizationToken: string;
}

/** What AppSync expects back. The context reaches the resolvers as `identity.resolverContext`. */
export interface AuthorizerAnswer {
  readonly isAuthorized: boolean;
  readonly resolverContext?: ResolverContext;
  readonly deniedFields?: readonly string[];
  /** Seconds that AppSync may remember this answer. */
  readonly ttlOverride?: number;
}

/** AppSync allows strings only. Empty for a newcomer. */
export interface ResolverContext {
  readonly storeId?: string;
  readonly terminalId?: string;
}

/** [A1] Who has nothing but a code sends this word in place of a token. */
export const newcomerToken = "newcomer";

/** Everything but `Mutation.enrol`. A test holds this list to the schema. */
export const deniedToNewcomers: readonly string[] = [
  "Query.head",
  "Query.changes",
  "Query.snapshot",
  "Query.exceptions",
  "Query.parked",
  "Query.stock",
  "Query.tills",
  "Query.proof",
  "Query.evidence",
  "Mutation.push",
  "Mutation.announce",
  "Subscription.poked",
];

export type Authorizer = (event: AuthorizerEvent) => Promise<AuthorizerAnswer>;

/**
 * [A1] [A2] AppSync's Lambda authorizer. A terminal that is no longer known is refused within the
 * minute.
 */
export function createAuthorizer(access: TerminalAccess): Authorizer {
  return async ({ authorizationToken }) => {
    if (authorizationToken === newcomerToken) {
      return { isAuthorized: true, resolverContext: {}, deniedFields: deniedToNewcomers };
    }
    const caller = await access.authorise(authorizationToken);
    if (caller === null) return { isAuthorized: false };
    return { isAuthorized: true, resolverContext: { ...caller }, ttlOverride: 60 };
  };
}
