/**
 * Every call to the server: `call(routes.signIn, {body})` is typed from the contract's route and nothing else.
 *
 * Failures are always an ApiError with a code of the contract (or "offline" when no reply came back); its text is looked
 * up with `errorText` of components/error-text.ts. A 401 anywhere tells `onSignedOut` once, so pages need not look.
 */
import type {
  ErrorCode,
  ErrorReply,
  GivenBody,
  GivenParams,
  GivenQuery,
  Route,
  RouteReply,
} from "@yingda/contract";

export { routes } from "@yingda/contract";

/** "offline": no reply at all. "unreadable": a reply that is not ours (a proxy's page, say). */
export type ApiErrorCode = ErrorCode | "offline" | "unreadable";

export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly details: Record<string, unknown>;
  readonly requestId: string | null;

  constructor(
    code: ApiErrorCode,
    status: number,
    details: Record<string, unknown> = {},
    requestId: string | null = null,
  ) {
    super(code);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.details = details;
    this.requestId = requestId;
  }

  /** True when the same request may simply be tried again later. */
  get isPassing(): boolean {
    return this.code === "offline" || this.status === 503 || this.status === 502 || this.status === 504;
  }
}

type Part<Name extends string, Given> = [Given] extends [undefined]
  ? { [K in Name]?: never }
  : undefined extends Given
    ? { [K in Name]?: Given }
    : { [K in Name]: Given };
type QueryPart<Given> = [Given] extends [undefined] ? { query?: never } : { query?: Given };

/** What a route needs: `params` and `body` where it has them, `query` always optional. */
export type Given<R extends Route> = Part<"params", GivenParams<R>> &
  Part<"body", GivenBody<R>> &
  QueryPart<GivenQuery<R>> & { signal?: AbortSignal };
type GivenArgument<R extends Route> =
  Record<string, never> extends Given<R> ? [given?: Given<R>] : [given: Given<R>];

let signedOut: () => void = () => {};
/** Called once by the session provider: what to do when the server says nobody is signed in. */
export function onSignedOut(act: () => void): void {
  signedOut = act;
}

/** The address of a route with its path parameters and query filled in. */
export function addressOf(route: Route, given: { params?: unknown; query?: unknown } = {}): string {
  const params = (given.params ?? {}) as Record<string, unknown>;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? "")),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((given.query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null || value === "") continue;
    query.set(name, typeof value === "boolean" ? (value ? "1" : "") : String(value));
  }
  const asked = query.toString();
  return asked === "" ? path : `${path}?${asked}`;
}

/** Calls a route and returns its parsed reply (undefined for routes without one). Throws ApiError only. */
export async function call<R extends Route>(route: R, ...rest: GivenArgument<R>): Promise<RouteReply<R>> {
  const given = (rest[0] ?? {}) as {
    params?: unknown;
    query?: unknown;
    body?: unknown;
    signal?: AbortSignal;
  };
  const request: RequestInit = {
    method: route.method,
    credentials: "same-origin",
    headers: { accept: "application/json" },
  };
  if (given.signal) request.signal = given.signal;
  if (given.body !== undefined) {
    request.body = JSON.stringify(given.body);
    request.headers = { accept: "application/json", "content-type": "application/json" };
  }
  const response = await fetchOrOffline(addressOf(route, given), request);
  if (!response.ok) throw await errorOf(response);
  if (response.status === 204) return undefined as RouteReply<R>;
  return (await readJson(response)) as RouteReply<R>;
}

async function fetchOrOffline(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("offline", 0);
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError("unreadable", response.status);
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const reply = (await readJson(response).catch(() => undefined)) as ErrorReply | undefined;
  return toError(response.status, reply);
}

function toError(status: number, reply: ErrorReply | undefined): ApiError {
  if (!reply?.error)
    return new ApiError(status >= 502 && status <= 504 ? "platform/unavailable" : "unreadable", status);
  const { code, details, requestId } = reply.error;
  if (code === "auth/not-signed-in") signedOut();
  return new ApiError(code, status, details ?? {}, requestId);
}

export type UploadOptions = { onProgress?: (share: number) => void; signal?: AbortSignal };

/**
 * Sends one file as multipart/form-data (field "file"). Progress is 0…1 of the bytes sent.
 * XMLHttpRequest because fetch still reports no upload progress.
 */
export function upload<R extends Route>(
  route: R,
  file: File,
  given: { params?: GivenParams<R>; query?: GivenQuery<R> } = {},
  options: UploadOptions = {},
): Promise<RouteReply<R>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    request.open(route.method, addressOf(route, given));
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => reject(new ApiError("offline", 0));
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    request.onload = () => {
      const reply = parseOrNothing(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(reply as RouteReply<R>);
      else reject(toError(request.status, reply as ErrorReply | undefined));
    };
    options.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

function parseOrNothing(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fetches a file route and hands it to the browser under a name. For files that fit in memory; see `downloadLarge`. */
export async function download<R extends Route>(
  route: R,
  name: string,
  given: { params?: GivenParams<R>; query?: GivenQuery<R> } = {},
): Promise<void> {
  const response = await fetchOrOffline(addressOf(route, given), { credentials: "same-origin" });
  if (!response.ok) throw await errorOf(response);
  saveBlob(await response.blob(), name);
}

/** Lets the browser itself download (streams to disk, shows its own progress): for backups. */
export function downloadLarge<R extends Route>(
  route: R,
  name: string,
  given: { params?: GivenParams<R>; query?: GivenQuery<R> } = {},
): void {
  clickLink(addressOf(route, given), name);
}

/** Saves text or bytes made in the browser (recovery codes, a template) as a file. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  clickLink(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 30_000);
}

function clickLink(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
