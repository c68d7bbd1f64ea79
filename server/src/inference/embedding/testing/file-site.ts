// A site that files are fetched from, for tests: ranges, connections that break, sites that do not know ranges, and the
// lists of the two kinds of mirror. It keeps what was asked of it.

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FileSite {
  url: string;
  port: number;
  /** "GET path" or "GET path bytes=5-". */
  readonly asked: string[];
  put(path: string, body: Buffer | string): void;
  /** The connection breaks after so many bytes of each of the next `times` replies. */
  breakAfter(bytes: number, times: number): void;
  knowsRanges: boolean;
  close(): Promise<void>;
}

export async function fileSite(): Promise<FileSite> {
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  let breaks = { bytes: 0, times: 0 };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? "/";
    const { range } = request.headers;
    asked.push(["GET", path, ...(range === undefined ? [] : [range])].join(" "));
    const body = files.get(path);
    if (body === undefined) {
      response.statusCode = 404;
      response.end();
      return;
    }
    const from = site.knowsRanges ? Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0) : 0;
    if (from > 0 && from >= body.length) {
      response.statusCode = 416;
      response.end();
      return;
    }
    const piece = body.subarray(from);
    response.statusCode = from > 0 ? 206 : 200;
    if (from > 0) response.setHeader("content-range", `bytes ${from}-${body.length - 1}/${body.length}`);
    response.setHeader("content-length", piece.length);
    if (breaks.times === 0 || piece.length <= breaks.bytes) {
      response.end(piece);
      return;
    }
    breaks.times -= 1;
    response.write(piece.subarray(0, breaks.bytes), () => setTimeout(() => response.destroy(), 20));
  }

  const server = createServer(answer);
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  const { port } = server.address() as AddressInfo;
  const site: FileSite = {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    put(path, body) {
      files.set(path, Buffer.from(body as Buffer));
    },
    breakAfter(bytes, times) {
      breaks = { bytes, times };
    },
    knowsRanges: true,
    close: () =>
      new Promise((resume) => {
        server.closeAllConnections();
        server.close(() => resume());
      }),
  };
  return site;
}

/** An entry as huggingface.co lists a file: large ones with their SHA-256, small ones with git's name for them. */
export function hubEntry(path: string, body: Buffer, isLarge: boolean): object {
  const git = createHash("sha1").update(`blob ${body.length}\0`).update(body).digest("hex");
  const sha256 = createHash("sha256").update(body).digest("hex");
  return {
    type: "file",
    path,
    size: body.length,
    oid: git,
    ...(isLarge ? { lfs: { oid: sha256, size: body.length, pointerSize: 134 } } : {}),
  };
}
