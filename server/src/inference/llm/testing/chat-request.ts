// What the API reference demands of the body of POST /v1/chat/completions, for chat-service.ts.

export interface ChatRequest {
  model: string;
  messages: { role: string; content?: unknown; tool_calls?: { id: string }[]; tool_call_id?: string }[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  tools?: { type: string; function: { name: string; description?: string; parameters?: unknown } }[];
  response_format?: { type: string; json_schema?: { name: string; schema: unknown } };
  [field: string]: unknown;
}

const roles = ["system", "developer", "user", "assistant", "tool"];

/** What is wrong with a request, as the service would say it; null when nothing is. */
export function problemOf(body: unknown, refusedFields: readonly string[]): string | null {
  if (typeof body !== "object" || body === null) return "the body is no object";
  const request = body as ChatRequest;
  const refused = refusedFields.find((field) => request[field] !== undefined);
  if (refused !== undefined) return "Invalid request";
  if (typeof request.model !== "string") return "you must provide a model parameter";
  if (!Array.isArray(request.messages) || request.messages.length === 0) return "messages is too short";
  if (request.stream !== true) return "this service only streams";
  return (
    numberProblem(request) ??
    messagesProblem(request.messages) ??
    toolsProblem(request) ??
    formatProblem(request)
  );
}

function numberProblem({ temperature, max_tokens, max_completion_tokens }: ChatRequest): string | null {
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2)) return "invalid temperature";
  for (const limit of [max_tokens, max_completion_tokens])
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) return "invalid max_tokens";
  return null;
}

function messagesProblem(messages: ChatRequest["messages"]): string | null {
  let open: string[] = [];
  for (const { role, content, tool_calls: calls = [], tool_call_id: callId } of messages) {
    if (!roles.includes(role)) return `'${role}' is not one of the roles`;
    if (role === "tool") {
      if (callId === undefined || !open.includes(callId)) return "tool message without a preceding tool call";
      open = open.filter((id) => id !== callId);
      continue;
    }
    if (open.length > 0) return "tool calls must be followed by tool messages";
    const isEmpty = content === undefined || content === null || content === "";
    if (isEmpty && calls.length === 0 && role !== "system") return "content must not be empty";
    open = calls.map(({ id }) => id);
  }
  return open.length > 0 ? "tool calls must be followed by tool messages" : null;
}

function toolsProblem({ tools = [] }: ChatRequest): string | null {
  const isWrong = tools.some(
    ({ type, function: { name, parameters } }) =>
      type !== "function" ||
      !/^[\w-]{1,64}$/.test(name) ||
      (parameters as { type?: unknown } | undefined)?.type !== "object",
  );
  return isWrong ? "invalid tools" : null;
}

function formatProblem({ response_format: format, messages }: ChatRequest): string | null {
  if (format === undefined) return null;
  if (format.type === "json_schema")
    return format.json_schema?.schema === undefined ? "schema missing" : null;
  if (format.type !== "json_object") return "invalid response_format";
  return /json/i.test(JSON.stringify(messages))
    ? null
    : "'messages' must contain the word 'json' to use 'response_format' of type 'json_object'";
}
