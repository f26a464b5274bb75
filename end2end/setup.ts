import path from "node:path";
import { codes, sample, serve, temporary } from "./server.ts";

/** One portal over a sample register for the whole run; ended with it. */
export default async function setup() {
  const folder = temporary();
  const register = sample(path.join(folder, "register.db"), 600);
  process.env.CODES = codes(register).join(" ");
  const portal = await serve(register);
  process.env.PORTAL = portal.origin;
  return () => portal.stop();
}
