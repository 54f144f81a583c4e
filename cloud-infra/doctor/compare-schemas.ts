import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  parse,
  print,
} from "graphql";

/** One thing that differs, in words for whoever deployed it. */
export interface SchemaDifference {
  /** "Query.head", "Outcome.gap", "Head" */
  readonly where: string;
  readonly kind: "missing" | "unknown" | "different";
  readonly ours: string | null;
  readonly theirs: string | null;
}

/**
 * What of our schema is not deployed, what is deployed and not ours, and what is not the same.
 * Descriptions and order do not count; directives do, because AppSync acts on them.
 */
export function compareSchemas(ours: string, theirs: string): readonly SchemaDifference[] {
  const wanted = membersOf(ours);
  const found = membersOf(theirs);
  return [...new Set([...wanted.keys(), ...found.keys()])].toSorted().flatMap((where) => {
    const our = wanted.get(where) ?? null;
    const their = found.get(where) ?? null;
    if (our === their) return [];
    const kind = their === null ? "missing" : our === null ? "unknown" : "different";
    return [{ where, kind, ours: our, theirs: their }] as const;
  });
}

/** Every member of every type, as "Type.member" and what is said of it. */
function membersOf(schema: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const definition of parse(schema).definitions) {
    for (const [where, text] of membersOfDefinition(definition)) members.set(where, text);
  }
  return members;
}

function membersOfDefinition(definition: DefinitionNode): readonly (readonly [string, string])[] {
  switch (definition.kind) {
    case "ObjectTypeDefinition":
    case "InterfaceTypeDefinition":
    case "InputObjectTypeDefinition": {
      const type = definition.name.value;
      const fields = (definition.fields ?? []).map(
        (field) => [`${type}.${field.name.value}`, signatureOf(field)] as const,
      );
      return [[type, directivesOf(definition.directives)], ...fields];
    }
    case "EnumTypeDefinition": {
      const type = definition.name.value;
      const values = (definition.values ?? []).map((value) => `${type}.${value.name.value}`);
      return values.map((value) => [value, "value"] as const);
    }
    case "ScalarTypeDefinition":
    case "UnionTypeDefinition":
      return [[definition.name.value, print({ ...definition, description: undefined })]];
    default:
      // The schema's own definition and the directives that AppSync adds say nothing of ours.
      return [];
  }
}

function signatureOf(field: FieldDefinitionNode | InputValueDefinitionNode): string {
  const parameters =
    "arguments" in field && field.arguments !== undefined && field.arguments.length > 0
      ? `(${field.arguments.map((a) => `${a.name.value}: ${print(a.type)}`).join(", ")})`
      : "";
  const directives = directivesOf(field.directives);
  return `${parameters}: ${print(field.type)}${directives === "" ? "" : ` ${directives}`}`;
}

function directivesOf(directives: FieldDefinitionNode["directives"]): string {
  return (directives ?? [])
    .map((directive) => print(directive))
    .toSorted()
    .join(" ");
}

/** The root fields of a schema, "Query.head": each needs a resolver. */
export function rootFields(schema: string): readonly string[] {
  const roots = ["Query.", "Mutation.", "Subscription."];
  return [...membersOf(schema).keys()].filter((where) =>
    roots.some((root) => where.startsWith(root)),
  );
}
