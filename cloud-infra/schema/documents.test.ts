import { parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import * as newest from "../../sync/protocol/operations.ts";
import * as office from "../../sync/protocol/office.ts";
import * as version1 from "../../sync/protocol/operations-1.ts";
import { loadSchema } from "../local/appsync-schema.ts";

const schema1 = loadSchema("past/version-1.graphql");

const officeDocuments = Object.entries(office).flatMap(([name, value]) =>
  typeof value === "string" ? [[name, value] as const] : [],
);

describe("the documents that tills send", () => {
  it.each(Object.entries(newest))("[V1] %s is understood by this cloud", (_name, document) => {
    expect(validate(loadSchema(), parse(document))).toEqual([]);
  });

  it.each(officeDocuments)("[P1] %s is understood by this cloud", (_name, document) => {
    expect(validate(loadSchema(), parse(document))).toEqual([]);
  });

  it.each(Object.entries(version1))("[V1] %s is understood by both", (_name, document) => {
    for (const schema of [loadSchema(), schema1]) {
      expect(validate(schema, parse(document))).toEqual([]);
    }
  });
});
