import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Real photographs beside the workspace; they are no part of the project. */
export const photographs = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../shared/data/qr_zxing");

export interface Photo {
  name: string;
  file: string;
  label: string;
}

/** Every labelled photo; none where the folder is absent. */
export function labelled(): Photo[] {
  if (!existsSync(photographs)) return [];
  const found: Photo[] = [];
  for (const folder of readdirSync(photographs).sort()) {
    const inside = path.join(photographs, folder);
    if (!folder.includes("-")) continue;
    for (const name of readdirSync(inside).sort()) {
      const text = path.join(inside, name.replace(/\.\w+$/, ".txt"));
      if (!name.endsWith(".png") || !existsSync(text)) continue;
      found.push({ name: `${folder}/${name}`, file: path.join(inside, name), label: readFileSync(text, "utf8").trimEnd() });
    }
  }
  return found;
}

/**
 * A film of one picture (YUV4MPEG2, 4:2:0), as Chromium's camera for tests takes it. `pixels` are red, green,
 * blue, opacity.
 */
export function film(pixels: Uint8Array, width: number, height: number, frames: number, perSecond: number): Buffer {
  const luma = Buffer.alloc(width * height);
  for (let i = 0; i < luma.length; i++) {
    const grey = 0.299 * pixels[4 * i]! + 0.587 * pixels[4 * i + 1]! + 0.114 * pixels[4 * i + 2]!;
    luma[i] = 16 + Math.round((grey * 219) / 255);
  }
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${perSecond}:1 Ip A1:1 C420jpeg\n`)];
  for (let i = 0; i < frames; i++) parts.push(Buffer.from("FRAME\n"), luma, chroma);
  return Buffer.concat(parts);
}
