// A reader of transparency logs, written from the C2SP pages alone (tlog-tiles, tlog-checkpoint,
// signed-note) and from RFC 6962; shares no code with the portal. Used to check ours from outside.
import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";

const sha256 = (...parts: Buffer[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafHash = (entry: Buffer) => sha256(Buffer.from([0]), entry);
const nodeHash = (left: Buffer, right: Buffer) => sha256(Buffer.from([1]), left, right);

/** Merkle tree hash of RFC 6962, section 2.1, by its definition. */
export function treeHash(leaves: Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
}

/** A note's text, if the key (`name+id+base64`) signed it; throws otherwise. */
export function open(note: string, vkey: string): string {
  const [name, id, ...rest] = vkey.trim().split("+");
  const key = Buffer.from(rest.join("+"), "base64");
  if (key[0] !== 1 || key.length !== 33) throw new Error("not an Ed25519 key");
  const expected = sha256(Buffer.from(name + "\n"), key).subarray(0, 4);
  if (expected.toString("hex") !== id) throw new Error("the key's id is not that of its bytes");
  const end = note.lastIndexOf("\n\n");
  if (end < 0) throw new Error("no signatures");
  const text = note.slice(0, end + 1);
  // The DER head of an Ed25519 public key (RFC 8410).
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key.subarray(1)]);
  const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
  for (const line of note.slice(end + 2).split("\n").filter(Boolean)) {
    const [dash, signer, signature] = line.split(" ");
    const bytes = Buffer.from(signature ?? "", "base64");
    if (dash === "—" && signer === name && bytes.subarray(0, 4).equals(expected)) {
      if (verifySignature(null, Buffer.from(text), publicKey, bytes.subarray(4))) return text;
      throw new Error("a signature of the key does not hold");
    }
  }
  throw new Error("not signed by the key");
}

/** The first three lines of a checkpoint. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root] = text.split("\n");
  if (!/^(0|[1-9][0-9]*)$/.test(size)) throw new Error(`no size: ${size}`);
  return { origin, size: Number(size), root: Buffer.from(root, "base64") };
}

/** `x001/x234/067` of 1234067. */
function tilePath(row: string, index: number, width: number): string {
  let name = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    name = `x${String(rest % 1000).padStart(3, "0")}/${name}`;
  }
  return `tile/${row}/${name}${width < 256 ? `.p/${width}` : ""}`;
}

async function bytes(url: string): Promise<Buffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** Reads a whole log and checks it; returns its entries. Throws with what does not hold. */
export async function readLog(prefix: string, vkey: string): Promise<{ head: Checkpoint; entries: Buffer[] }> {
  const note = (await bytes(`${prefix}/checkpoint`)).toString("utf8");
  const head = parseCheckpoint(open(note, vkey));
  if (head.origin !== vkey.split("+")[0]) throw new Error(`another log: ${head.origin}`);
  const entries: Buffer[] = [];
  for (let index = 0; index * 256 < head.size; index++) {
    const width = Math.min(256, head.size - index * 256);
    const bundle = await bytes(`${prefix}/${tilePath("entries", index, width)}`);
    let at = 0;
    while (at < bundle.length) {
      const length = bundle.readUInt16BE(at);
      if (at + 2 + length > bundle.length) throw new Error(`entry ${entries.length} is cut off`);
      entries.push(bundle.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    if (entries.length !== index * 256 + width) throw new Error(`bundle ${index} has another number of entries`);
  }
  // Every tile of hashes, level by level, against what the entries give.
  let level = entries.map(leafHash);
  const leaves = level;
  for (let l = 0; level.length > 0; l++) {
    const above: Buffer[] = [];
    for (let index = 0; index * 256 < level.length; index++) {
      const part = level.slice(index * 256, index * 256 + 256);
      const tile = await bytes(`${prefix}/${tilePath(String(l), index, part.length)}`);
      if (!tile.equals(Buffer.concat(part))) throw new Error(`tile ${l}/${index} does not fit the entries`);
      if (part.length === 256) above.push(treeHash(part));
    }
    level = above;
  }
  if (!treeHash(leaves).equals(head.root)) throw new Error("the root is not that of the entries");
  return { head, entries };
}
