// The log is checked by a program that shares nothing with the portal but the published formats.
import { expect, test } from "@playwright/test";

import { open, readLog } from "../tlog";

test("a client written from the specification alone verifies the whole log", async () => {
  const prefix = `${process.env.PORTAL}/log`;
  const vkey = await (await fetch(`${prefix}/vkey`)).text();
  const { head, entries } = await readLog(prefix, vkey);
  expect(entries.length).toBe(head.size);
  expect(head.size).toBeGreaterThan(1000);
  const last = JSON.parse(entries[entries.length - 1].toString("utf8"));
  expect(last.seq).toBe(head.size - 1);
  // It does notice: a key that is not the log's, a checkpoint with another size.
  const note = await (await fetch(`${prefix}/checkpoint`)).text();
  expect(() => open(note.replace(`\n${head.size}\n`, `\n${head.size + 1}\n`), vkey)).toThrow(/does not hold/);
  expect(() => open(note, vkey.replace(/.(?==*\s*$)/, (c) => (c === "A" ? "B" : "A")))).toThrow();
});
