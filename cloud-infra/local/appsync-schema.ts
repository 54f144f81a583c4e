import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLField, type GraphQLSchema } from "graphql";

/**
 * What AppSync knows without being told: its directives, of which the gateway obeys those it meets.
 */
const appsyncDialect = `
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_lambda on OBJECT | FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
`;

/** The schema that is deployed to AWS, as graphql-js understands it; or one of the past. */
export function loadSchema(file = "schema.graphql"): GraphQLSchema {
  const text = readFileSync(new URL(`../schema/${file}`, import.meta.url), "utf8");
  return buildSchema(appsyncDialect + text);
}

type RootField = GraphQLField<unknown, unknown>;

/** Fields marked for IAM alone: AWS's own services may call them, a terminal never. */
export function isForIamOnly(field: RootField): boolean {
  return hasDirective(field, "aws_iam") && !hasDirective(field, "aws_lambda");
}

/** The mutations whose results a subscription field carries. */
export function subscribedMutations(field: RootField): readonly string[] {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === "aws_subscribe");
  const value = directive?.arguments?.[0]?.value;
  if (value?.kind !== "ListValue") return [];
  return value.values.flatMap((item) => (item.kind === "StringValue" ? [item.value] : []));
}

function hasDirective(field: RootField, directive: string): boolean {
  return field.astNode?.directives?.some(({ name }) => name.value === directive) ?? false;
}
