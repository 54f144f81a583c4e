import { describe, expect, it } from "vitest";
import { loadSchema } from "../local/appsync-schema.ts";
import { createAuthorizer, deniedToNewcomers } from "./authorize.ts";

const caller = { storeId: "store", terminalId: "terminal" };
const access = {
  createCode: async () => "",
  enrol: async () => ({ ...caller, tillNumber: 1, secret: "" }),
  authorise: async (token: string) => (token === "terminal.secret" ? caller : null),
};

describe("the Lambda authorizer", () => {
  it("[A2] lets a terminal in by its secret, and tells the resolvers who it is", async () => {
    const authorize = createAuthorizer(access);
    expect(await authorize({ authorizationToken: "terminal.secret" })).toEqual({
      isAuthorized: true,
      resolverContext: caller,
      ttlOverride: 60,
    });
    expect(await authorize({ authorizationToken: "terminal.wrong" })).toEqual({
      isAuthorized: false,
    });
  });

  it("[A1] keeps a newcomer from every field of the schema but enrol", async () => {
    const schema = loadSchema();
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
    );
    const denied = fields.filter((field) => field !== "Mutation.enrol");
    expect(deniedToNewcomers.toSorted()).toEqual(denied.toSorted());
    const answer = await createAuthorizer(access)({ authorizationToken: "newcomer" });
    expect(answer).toMatchObject({ isAuthorized: true, deniedFields: deniedToNewcomers });
  });
});
