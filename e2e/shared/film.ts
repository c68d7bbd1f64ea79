// A film of a second, drawn and recorded by a page: whatever this browser can make it can also play.
import type { Page } from "playwright-core";

export interface FilmFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export async function drawFilm(page: Page, name: string): Promise<FilmFile> {
  return { name, mimeType: "video/webm", buffer: Buffer.from(await page.evaluate<string>(draw), "base64") };
}

const draw = String.raw`(async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  const context = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => (recorder.onstop = resolve));
  recorder.start();
  for (let at = 0; at < 10; at += 1) {
    context.fillStyle = "hsl(" + at * 36 + " 60% 50%)";
    context.fillRect(0, 0, 320, 180);
    await new Promise((drawn) => setTimeout(drawn, 100));
  }
  recorder.stop();
  await stopped;
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
})()`;
