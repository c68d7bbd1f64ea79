// The OpenAPI 3.1 document, made from the contract's routes. What an API key may call is marked; the rest is the workbench's own.
import { errorCodes, type Route, routes } from "@yingda/contract";
import { z } from "zod";

type Json = Record<string, unknown>;

let made: { version: string; document: Json } | null = null;

/** Made once per process. */
export function openApiOf(version: string): Json {
  if (made?.version !== version) made = { version, document: build(version) };
  return made.document;
}

function build(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    const methods = paths[path] ?? {};
    paths[path] = methods;
    methods[route.method.toLowerCase()] = operationOf(name, route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Yingda 应答",
      version,
      description:
        "Times are RFC 3339 UTC. Errors are {error: {code, message, details, requestId}}. 时间为 RFC 3339 UTC，错误见 Error。",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An API key with the scope named in x-access.",
        },
        session: { type: "apiKey", in: "cookie", name: "__Host-yingda" },
      },
      schemas: { Error: errorSchema() },
    },
  };
}

function operationOf(name: string, route: Route): Json {
  const security =
    route.access === "public" ? [] : [...(route.apiKey ? [{ apiKey: [] }] : []), { session: [] }];
  return {
    operationId: name,
    summary: route.summary,
    "x-access": route.access,
    security,
    parameters: [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")],
    ...(route.body ? { requestBody: { required: true, content: jsonOf(schemaOf(route.body)) } } : {}),
    responses: {
      ...okOf(route),
      default: { description: "Refused", content: jsonOf({ $ref: "#/components/schemas/Error" }) },
    },
  };
}

function okOf(route: Route): Json {
  if (route.file)
    return {
      200: {
        description: "The file",
        content: { [route.file]: { schema: { type: "string", format: "binary" } } },
      },
    };
  if (!route.reply) return { 204: { description: "Done" } };
  return { 200: { description: "Done", content: jsonOf(schemaOf(route.reply)) } };
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

/** Ids are parsed by a transform, whose output JSON Schema cannot say: replies, too, are shown by what crosses the wire. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return described;
}

function jsonOf(schema: Json): Json {
  return { "application/json": { schema } };
}

function errorSchema(): Json {
  return {
    type: "object",
    required: ["error"],
    properties: {
      error: {
        type: "object",
        required: ["code", "message", "requestId"],
        properties: {
          code: { type: "string", enum: Object.keys(errorCodes) },
          message: { type: "string" },
          details: { type: "object" },
          requestId: { type: "string", format: "uuid" },
        },
      },
    },
  };
}
