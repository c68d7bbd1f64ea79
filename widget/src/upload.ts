// Sends a file and reports how far it is. XMLHttpRequest, because fetch still cannot tell upload progress. Loaded with the first file.
import type { Content } from "@yingda/contract";
import { readKept } from "./storage.ts";

export type MediaContent = Extract<Content, { mediaId: unknown }>;

/** The reply is what a message may refer to. @throws Error whose message is the server's error code, or "unreachable" */
export function upload(key: string, file: File, onProgress: (share: number) => void): Promise<MediaContent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/w/${encodeURIComponent(key)}/media`);
    request.responseType = "json";
    request.setRequestHeader("yingda-visitor", readKept(key).token ?? "");
    request.upload.onprogress = (event) => onProgress(event.total ? event.loaded / event.total : 0);
    request.onerror = () => reject(new Error("unreachable"));
    request.onload = () => {
      const reply = request.response as (MediaContent & { error?: { code: string } }) | null;
      if (reply && request.status < 300) resolve(reply);
      else reject(new Error(reply?.error?.code ?? "unreachable"));
    };
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}
