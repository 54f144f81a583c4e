import {
  type DocumentNode,
  defaultFieldResolver,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  validate,
} from "graphql";
import { z } from "zod";
import { failed, ok, type Result } from "../../domain/values/result.ts";
import type { AuthorizerAnswer } from "../handlers/authorize.ts";
import type { Resolver } from "../handlers/resolve.ts";
import { isForIamOnly, subscribedMutations } from "./appsync-schema.ts";
import { type AppsyncError, FieldDenied, malformed, toAppsyncError } from "./graphql-errors.ts";
import { isTooDeep, parseLimits } from "./graphql-limits.ts";

/**
 * [G3] AppSync's execution of our schema: fields go to the direct Lambda resolver, results to
 * subscribers.
 */
export interface AppsyncApi {
  /** A query or mutation. A subscription is refused: it belongs on the WebSocket. */
  run(input: unknown, caller: ApiCaller): Promise<ApiAnswer>;
  /**
   * Ends with the returned function. Fails when the document, the caller or the resolver says no.
   */
  subscribe(
    input: unknown,
    caller: ApiCaller,
    listener: (result: FormattedExecutionResult) => void,
  ): Promise<Result<() => void, readonly AppsyncError[]>>;
  /** Hands what a mutation made to those who subscribed to it. */
  publish(mutation: string, made: unknown): void;
}

/** Whom the authorizer let in. */
export type ApiCaller = Pick<AuthorizerAnswer, "resolverContext" | "deniedFields">;

export interface ApiAnswer {
  /** HTTP status. Errors of execution are inside a 200, as GraphQL has it. */
  readonly status: 200 | 400;
  readonly body: { readonly data?: unknown; readonly errors?: readonly AppsyncError[] };
}

export interface AppsyncApiWorld {
  readonly schema: GraphQLSchema;
  readonly resolve: Resolver;
  /** Something went wrong inside; the caller is told only that it did. */
  readonly onFault: (fault: unknown) => void;
}

const requestSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

interface Operation {
  readonly document: DocumentNode;
  readonly type: OperationTypeNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** It asks about the schema itself. */
  readonly introspects: boolean;
}

interface Subscriber {
  readonly field: string;
  readonly mutations: readonly string[];
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly operation: Operation;
  readonly listener: (result: FormattedExecutionResult) => void;
}

export function createAppsyncApi({ schema, resolve, onFault }: AppsyncApiWorld): AppsyncApi {
  const subscribers = new Set<Subscriber>();
  const read = readerOf(schema);
  const toError = (error: GraphQLError) => toAppsyncError(error, onFault);

  async function run(operation: Operation, caller: ApiCaller, onField?: OnField) {
    const result = await execute({
      schema,
      document: operation.document,
      variableValues: operation.variables,
      contextValue: caller,
      fieldResolver: rootResolver(resolve, onField),
    });
    return { data: result.data, errors: result.errors?.map(toError) };
  }

  function publish(mutation: string, made: unknown): void {
    for (const subscriber of subscribers) {
      if (!subscriber.mutations.includes(mutation) || !isWanted(subscriber, made)) continue;
      const { document, variables } = subscriber.operation;
      const rootValue = { [subscriber.field]: made };
      void Promise.resolve(
        execute({ schema, document, variableValues: variables, rootValue }),
      ).then(({ data }) => subscriber.listener({ data: data ?? null }));
    }
  }

  return {
    publish,

    async run(input, caller) {
      const operation = read(input);
      if (!operation.ok) return operation.failure;
      if (operation.value.type === OperationTypeNode.SUBSCRIPTION) {
        return refused("subscriptions are for the realtime endpoint");
      }
      if (operation.value.introspects && caller.resolverContext?.terminalId === undefined) {
        return refused("only an enrolled terminal may read the schema");
      }
      const { data, errors } = await run(operation.value, caller);
      if (operation.value.type === OperationTypeNode.MUTATION) publishAll(publish, data);
      return { status: 200, body: { data: data ?? null, ...(errors && { errors }) } };
    },

    async subscribe(input, caller, listener) {
      const operation = read(input);
      if (!operation.ok) return failed(operation.failure.body.errors ?? []);
      if (operation.value.type !== OperationTypeNode.SUBSCRIPTION) {
        return failed([malformed("only subscriptions can be started here")]);
      }
      const started: StartedField[] = [];
      const { errors } = await run(operation.value, caller, (field) => started.push(field));
      const [field] = started;
      if (errors !== undefined || field === undefined) {
        return failed(errors ?? [malformed("nothing is subscribed to")]);
      }
      const subscriber = { ...field, operation: operation.value, listener };
      subscribers.add(subscriber);
      return ok(() => void subscribers.delete(subscriber));
    },
  };
}

type StartedField = Pick<Subscriber, "field" | "mutations" | "arguments">;
type OnField = (field: StartedField) => void;

/**
 * Root fields go to the Lambda, with AppSync's event; the fields below are properties of its
 * answer.
 */
function rootResolver(resolve: Resolver, onField: OnField | undefined) {
  return (
    source: unknown,
    args: Record<string, unknown>,
    context: unknown,
    info: GraphQLResolveInfo,
  ) => {
    if (info.path.prev !== undefined) return defaultFieldResolver(source, args, context, info);
    const { parentType, fieldName } = info;
    const caller = context as ApiCaller;
    const field = parentType.getFields()[fieldName];
    const isDenied = caller.deniedFields?.includes(`${parentType.name}.${fieldName}`) ?? false;
    if (field === undefined || isDenied || isForIamOnly(field)) {
      throw new FieldDenied(fieldName, parentType.name);
    }
    onField?.({ field: fieldName, mutations: subscribedMutations(field), arguments: args });
    return resolve({
      info: { parentTypeName: parentType.name, fieldName },
      arguments: args,
      identity: { resolverContext: caller.resolverContext ?? {} },
    });
  };
}

/**
 * AppSync's filter: an argument of the subscription must equal the field of that name in the
 * result.
 */
function isWanted(subscriber: Subscriber, made: unknown): boolean {
  if (typeof made !== "object" || made === null) return false;
  const fields = made as Record<string, unknown>;
  return Object.entries(subscriber.arguments).every(([name, value]) => fields[name] === value);
}

function publishAll(publish: AppsyncApi["publish"], data: unknown): void {
  if (typeof data !== "object" || data === null) return;
  for (const [mutation, made] of Object.entries(data)) publish(mutation, made);
}

function refused(message: string): ApiAnswer {
  return { status: 400, body: { errors: [malformed(message)] } };
}

/**
 * Documents seen before are neither parsed nor validated again: a till sends the same five for
 * years.
 */
const rememberedDocuments = 100;
type Reader = (input: unknown) => Result<Operation, ApiAnswer>;
const readers = new WeakMap<GraphQLSchema, Reader>();

/** One for each schema, however often a server is started on it. */
function readerOf(schema: GraphQLSchema): Reader {
  const reader = readers.get(schema) ?? createReader(schema);
  readers.set(schema, reader);
  return reader;
}

function createReader(schema: GraphQLSchema): Reader {
  const known = new Map<string, DocumentNode>();

  function documentOf(query: string): Result<DocumentNode, ApiAnswer> {
    const seen = known.get(query);
    if (seen !== undefined) return ok(seen);
    let document: DocumentNode;
    try {
      document = parse(query, parseLimits);
    } catch {
      return failed(refused("Unable to parse GraphQL query."));
    }
    if (isTooDeep(document)) return failed(refused("The query is nested too deeply."));
    const errors = validate(schema, document);
    if (errors.length > 0) return failed({ status: 200, body: validationErrors(errors) });
    if (known.size >= rememberedDocuments) known.clear();
    known.set(query, document);
    return ok(document);
  }

  return (input) => {
    const request = requestSchema.safeParse(input);
    if (!request.success) return failed(refused("The request is not a GraphQL request."));
    const document = documentOf(request.data.query);
    if (!document.ok) return document;
    const operation = getOperationAST(document.value, request.data.operationName);
    if (!operation) return failed(refused("The query names no operation, or several."));
    return ok({
      document: document.value,
      type: operation.operation,
      variables: request.data.variables ?? {},
      introspects: operation.selectionSet.selections.some(
        (selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith("__"),
      ),
    });
  };
}

function validationErrors(errors: readonly GraphQLError[]) {
  return { data: null, errors: errors.map((error) => toAppsyncError(error, () => undefined)) };
}
