import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { temporary } from "./server.ts";

const PASSWORD = "S3cret-words";

/** A PostgreSQL of the test's own. */
export interface Cluster {
  /** Where a log can be at home. */
  url: string;
  stop(): void;
}

/** Where `initdb` of version 15 or later lies. */
function programs(): string | undefined {
  const versions = "/usr/lib/postgresql";
  const found = existsSync(versions) ? readdirSync(versions).map(Number).filter((version) => version >= 15) : [];
  const newest = found.sort((a, b) => b - a)[0];
  return newest === undefined ? undefined : path.join(versions, String(newest), "bin");
}

/** Starts a server on `port`; none: there is no PostgreSQL here. */
export function cluster(port: number): Cluster | undefined {
  const bin = programs();
  if (!bin) return undefined;
  const folder = temporary();
  // The server refuses to run as root.
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const as = process.getuid?.() === 0 ? { uid: id("-u"), gid: id("-g") } : {};
  if (as.uid !== undefined) {
    chownSync(folder, as.uid, as.gid);
    chmodSync(folder, 0o755);
  }
  const password = path.join(folder, "password");
  writeFileSync(password, PASSWORD);
  const data = path.join(folder, "data");
  const run = (program: string, ...args: string[]) => execFileSync(path.join(bin, program), args, { ...as, cwd: folder, stdio: "ignore" });
  run("initdb", "-D", data, "-U", "lb", "-E", "UTF8", "--locale=C", "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256", "--pwfile", password);
  run("pg_ctl", "-D", data, "-w", "-l", path.join(folder, "log"), "-o", `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`, "start");
  return {
    url: `postgres://lb:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: () => void run("pg_ctl", "-D", data, "-m", "immediate", "stop"),
  };
}
