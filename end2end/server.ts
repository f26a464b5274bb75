import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The binary under test: `cargo xtask test` names it. */
export const binary = process.env.LIANGBIAO ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../target/dist/liangbiao");

const folders: string[] = [];
process.on("exit", () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder that is removed when the run is over. */
export function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "liangbiao-"));
  folders.push(folder);
  return folder;
}

/** Makes a sample register, fictional and the same every time. */
export function sample(file: string, products: number): string {
  mkdirSync(path.dirname(file), { recursive: true });
  execFileSync(binary, ["sample", "--products", String(products), "--seed", "1", "--register", file], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  return file;
}

/** The model codes of a register. */
export function codes(register: string): string[] {
  const list = execFileSync(binary, ["code", "list", "--register", register], { encoding: "utf8" });
  return list
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([, level]) => level === "M")
    .map(([code]) => code!);
}

/** A running portal. */
export interface Portal {
  origin: string;
  stop(): Promise<void>;
}

/** Serves a register on a free port and waits until it says where and has its lists. */
export async function serve(
  register: string,
  program = binary,
  folder = process.cwd(),
  more: string[] = [],
): Promise<Portal> {
  const listen = more.includes("--listen") ? [] : ["--listen", "127.0.0.1:0"];
  const child: ChildProcess = spawn(program, ["serve", ...listen, "--register", register, ...more], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const origin = await new Promise<string>((found, failed) => {
    const late = setTimeout(() => failed(new Error(`no address after 60 s:\n${said}`)), 60_000);
    const read = (text: Buffer) => {
      said += text.toString();
      const address = /http:\/\/(127\.0\.0\.1:\d+)/.exec(said.replaceAll(/\u001b\[[0-9;]*m/g, ""));
      if (address) {
        clearTimeout(late);
        found(`http://${address[1]}`);
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => failed(new Error(`the server ended (${code}):\n${said}`)));
  });
  // A large register is served before its lists are read.
  const until = Date.now() + 60_000;
  while (((await (await fetch(`${origin}/readyz`)).json()) as { status: string }).status === "opening") {
    if (Date.now() > until) throw new Error(`no lists after 60 s:\n${said}`);
    await new Promise((again) => setTimeout(again, 50));
  }
  return {
    origin,
    stop: () =>
      new Promise((ended) => {
        child.once("exit", () => ended());
        child.kill("SIGTERM");
      }),
  };
}
