// The camera of the scan page: frames to a decoder, what it reads to the reader.
//
// Decoders: the browser's own BarcodeDetector where it says it reads both formats, until its first
// exception; else ours, in a worker. Nothing of a picture leaves the machine.

// A bar code of goods has one check digit: only the same number twice running counts.
const BARS = ["ean_13", "ean_8", "upc_a"];
// The worker is taken to hang after this many milliseconds and is replaced.
const HANGS = 5000;
// After so many frames running that the worker did not survive the reader is told.
const LOST = 2;
// What reads codes is waited for this many milliseconds: it is 260 KB, on a slow network too.
const LOADS = 45000;
// A code that is no longer seen stays listed this many milliseconds.
const STAYS = 4000;
const SHOWN = 500;
// After this many milliseconds of looking the portal is kept for use without a network.
const KEEPS = 4000;

/** What a text is; the server says the same (both are held to end2end/meanings.json). */
export function meaning(text, format, origin) {
  if (BARS.includes(format)) return { is: "goods", gtin: text };
  const path = ownPath(text, origin);
  if (path !== null) return { is: "own", path, leads: codePlace(path) !== null };
  const other = /^https?:\/\/([^/?#\\]*)([^?#]*)/is.exec(text);
  if (other) {
    const domain = other[1].slice(other[1].lastIndexOf("@") + 1).replace(/[A-Z]/g, (c) => c.toLowerCase());
    if (/^[a-z0-9.:[\]-]+$/.test(domain) && /[a-z0-9]/.test(domain)) {
      const place = codePlace(other[2]);
      return { is: "foreign", domain, code: place && /^q/i.test(place) ? creditCode(place.slice(2)) : null };
    }
    return { is: "text" };
  }
  const code = /^[0-9a-z-]{1,24}$/i.test(text) ? creditCode(text) : null;
  return code ? { is: "code", code } : { is: "text" };
}

function ownPath(text, origin) {
  const head = text.slice(0, origin.length);
  if (!origin || !/^[\x21-\x7e]+$/.test(head) || head.toLowerCase() !== origin.toLowerCase()) return null;
  const path = text.slice(origin.length).split(/[?#]/)[0];
  return /^\/[0-9A-Za-z/._~%-]*$/.test(path) && !/\/\/|\.\./.test(path) ? path : null;
}

function codePlace(path) {
  const found = /^\/(?:zh-Hant\/|en\/)?((?:[qQ]|01|[sS])\/.+)$/s.exec(path);
  return found && found[1];
}

/** A code of 12 or 16 characters whose check character is right (GB 32100: weights 3^(i-1) mod 31). */
function creditCode(text) {
  const code = text.replace(/[\s-]/g, "").toUpperCase().replace(/O/g, "0").replace(/I/g, "1");
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (code.length !== 12 && code.length !== 16) return null;
  const values = [...code].map((c) => alphabet.indexOf(c));
  if (values.includes(-1)) return null;
  const check = values.pop();
  let weight = 1;
  let sum = 0;
  for (const value of values) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return (31 - (sum % 31)) % 31 === check ? code : null;
}

const HIDES =
  /[\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** A text to be looked at: what does not show is written as its number. */
export function visible(text) {
  const shown = [...text].slice(0, SHOWN).join("");
  return shown.replace(HIDES, (c) => "⟨U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩");
}

const grouped = (code) => code.match(/.{4}/g).join("-");

/** Our decoder in its worker, started anew when it fails or hangs. */
export class Decoder {
  constructor(box) {
    this.box = box;
    this.next = 0;
    this.lost = 0;
  }

  start() {
    if (this.ready) return this.ready;
    this.ready = new Promise((ready, failed) => {
      setTimeout(() => failed(new Error("late")), LOADS);
      const worker = new Worker(this.box.dataset.worker, { type: "module" });
      this.worker = worker;
      this.waiting = null;
      worker.onerror = () => {
        failed(new Error("worker"));
        this.end();
      };
      worker.onmessage = ({ data }) => {
        if (data.ready) return ready();
        if (data.failed !== undefined) {
          failed(new Error(data.failed));
          return this.end();
        }
        if (this.waiting && this.waiting.id === data.id) this.waiting.done(data.codes);
      };
      worker.postMessage({ scanner: this.box.dataset.scanner });
    });
    this.ready.catch(() => this.end());
    return this.ready;
  }

  /** Ends the worker; a frame it held gave nothing. The next read starts another. */
  end() {
    if (this.worker) this.worker.terminate();
    this.worker = this.ready = null;
    if (this.waiting) this.waiting.done(null);
  }

  /** The codes of a picture, as [{ rawValue, format }]; an error "hung" where one picture after the other is lost. */
  async read(picture, photo) {
    await this.start();
    const id = ++this.next;
    const codes = await new Promise((done) => {
      const late = setTimeout(() => this.end(), photo ? 6 * HANGS : HANGS);
      this.waiting = {
        id,
        done: (codes) => {
          clearTimeout(late);
          this.waiting = null;
          done(codes);
        },
      };
      const pixels = picture.data.buffer;
      this.worker.postMessage({ id, pixels, width: picture.width, height: picture.height, photo }, [pixels]);
    });
    if (!codes && ++this.lost >= LOST) {
      this.lost = 0;
      throw new Error("hung");
    }
    if (!codes) return [];
    this.lost = 0;
    const found = [];
    for (let i = 0; i + 1 < codes.length; i += 2) found.push({ format: codes[i], rawValue: codes[i + 1] });
    return found;
  }
}

/** The browser's own detector, if it reads what we need. */
async function native() {
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code") || !formats.includes("ean_13")) return null;
    return new BarcodeDetector({ formats: ["qr_code", ...BARS].filter((format) => formats.includes(format)) });
  } catch {
    return null;
  }
}

/** Begins at the tap; from here on the button opens and closes the camera. */
export function start(box) {
  const part = (selector) => box.querySelector(selector);
  const say = (name, values = {}) =>
    part("[data-say=" + name + "]").textContent.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
  const frame = part(".cam");
  const video = part("video");
  const status = part("[role=status]");
  const button = part("button");
  const tools = part(".acts");
  const list = part("ul.rows");
  const canvas = document.createElement("canvas");
  const decoder = new Decoder(box);
  // The address readers see is this site's too, whatever the operator wrote.
  const origins = [box.dataset.origin, location.origin].filter(Boolean);
  let stream = null;
  let detector;
  let run = 0;
  let before = new Set();
  let seen = new Map();

  const address = (path) => {
    if (box.dataset.mirror !== undefined) {
      // A static mirror answers for a code on one page, and lists are files.
      const plain = path.replace(/^\/(zh-Hant|en)(?=\/)/, "");
      const to = plain.startsWith("/products?") ? plain.replace("?", ".html?") : "/offline.html?code=" + encodeURIComponent(location.origin + plain);
      return box.dataset.prefix + to;
    }
    const own = /^\/(zh-Hant|en)\//.test(path) ? path : box.dataset.prefix + path;
    return own + (box.dataset.large ? (own.includes("?") ? "&" : "?") + "size=large" : "");
  };

  function stop(text) {
    run++;
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.srcObject = null;
    video.hidden = true;
    tools.hidden = true;
    tools.replaceChildren();
    frame.classList.remove("on");
    button.textContent = say("open");
    status.textContent = text;
  }

  async function open() {
    const mine = ++run;
    button.textContent = say("stop");
    status.textContent = say("opening");
    list.replaceChildren();
    seen = new Map();
    before = new Set();
    if (!navigator.mediaDevices?.getUserMedia) return stop(say("unable"));
    let taken;
    try {
      taken = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch (error) {
      const why = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "absent", OverconstrainedError: "absent" };
      if (mine === run) stop(say(why[error.name] ?? "busy"));
      return;
    }
    if (mine !== run) {
      for (const track of taken.getTracks()) track.stop();
      return;
    }
    stream = taken;
    // A camera that is unplugged or taken away.
    stream.getVideoTracks()[0].addEventListener("ended", () => mine === run && stop(say("busy")));
    video.srcObject = stream;
    video.hidden = false;
    frame.classList.add("on");
    controls(stream.getVideoTracks()[0]);
    await video.play().catch(() => {});
    detector ??= await native();
    if (!detector) {
      status.textContent = say("loading");
      try {
        await decoder.start();
      } catch {
        if (mine === run) stop(say("failed"));
        return;
      }
    }
    if (mine !== run) return;
    status.textContent = say("looking");
    look(mine);
    // Whoever scans here may want to where there is no network; programs just fetched cost nothing again.
    // Not in the way of the code the reader came for.
    if (box.dataset.offline) {
      const quietly = (offline) => offline.keepQuietly(box.dataset.verifier, box.dataset.sm2);
      setTimeout(() => mine === run && import(box.dataset.offline).then(quietly).catch(() => {}), KEEPS);
    }
  }

  /** Light and zoom, where this camera has them. */
  function controls(track) {
    const can = track.getCapabilities?.() ?? {};
    const set = (one) => track.applyConstraints({ advanced: [one] }).then(() => true, () => false);
    if (can.torch) {
      const light = document.createElement("button");
      light.type = "button";
      light.className = "btn b2";
      light.textContent = say("light");
      let on = false;
      light.addEventListener("click", async () => {
        if (!(await set({ torch: !on }))) return;
        on = !on;
        light.textContent = say(on ? "dark" : "light");
      });
      tools.append(light);
    }
    if (can.zoom && can.zoom.max > can.zoom.min) {
      const label = document.createElement("label");
      const range = document.createElement("input");
      range.type = "range";
      range.min = can.zoom.min;
      // More than three times is more blur than code.
      range.max = Math.min(can.zoom.max, Math.max(can.zoom.min, 1) * 3);
      range.step = can.zoom.step || 0.1;
      // New phones cannot see sharply nearer than 15 cm: begin closer by twice.
      range.value = Math.min(Number(range.max), Math.max(can.zoom.min, 1) * 2);
      range.addEventListener("input", () => set({ zoom: Number(range.value) }));
      set({ zoom: Number(range.value) });
      label.append(say("zoom"), range);
      tools.append(label);
    }
    tools.hidden = !tools.childElementCount;
  }

  /** One frame after the other, as fast as they are read. */
  async function look(mine) {
    while (mine === run && stream) {
      let codes = [];
      if (video.readyState >= 2 && video.videoWidth) {
        try {
          codes = await frameCodes();
        } catch (error) {
          if (mine === run) stop(say(error.message === "hung" ? "hung" : "failed"));
          return;
        }
      }
      if (mine !== run) return;
      if (told(codes)) return;
      await new Promise((next) => setTimeout(next, 30));
    }
  }

  async function frameCodes() {
    if (detector) {
      try {
        return await detector.detect(video);
      } catch {
        // Once wrong, not asked again.
        detector = null;
        await decoder.start();
      }
    }
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(video, 0, 0);
    return decoder.read(pen.getImageData(0, 0, canvas.width, canvas.height), false);
  }

  /** What the frame held; true when the reader is on the way to a result. */
  function told(codes) {
    const now = Date.now();
    const bars = new Set();
    let fresh = false;
    for (const { rawValue: text, format } of codes) {
      if (!text) continue;
      const key = format + " " + text;
      if (BARS.includes(format)) {
        bars.add(key);
        if (!before.has(key)) continue;
      }
      fresh ||= !seen.has(key);
      seen.set(key, { text, format, at: now });
    }
    before = bars;
    for (const [key, code] of seen) {
      if (now - code.at > STAYS) {
        seen.delete(key);
        fresh = true;
      }
    }
    if (!seen.size) {
      if (fresh) {
        list.replaceChildren();
        status.textContent = say("looking");
      }
      return false;
    }
    const all = [...seen.values()].map((code) => ({ ...code, means: meaningHere(code) }));
    if (all.length === 1) {
      const { is, path, leads, gtin } = all[0].means;
      const to = is === "own" && leads ? address(path) : is === "goods" ? address("/products?q=" + gtin) : "";
      if (to) {
        stop(say("found"));
        location.assign(to);
        return true;
      }
    }
    if (fresh) {
      status.textContent = say("several");
      list.replaceChildren(...all.map(row));
    }
    return false;
  }

  /** What a code is to this site, by either of its addresses. */
  function meaningHere({ text, format }) {
    const all = origins.map((origin) => meaning(text, format, origin));
    return all.find((one) => one.is === "own") ?? all[0];
  }

  /** A code in view; everything as text, links only to this site. */
  function row({ text, means }) {
    const item = document.createElement("li");
    const add = (name, content) => item.appendChild(Object.assign(document.createElement(name), { textContent: content }));
    const link = (words, path) => Object.assign(add("a", words), { href: address(path), className: "lk" });
    const raw = () => {
      const p = add("p", "");
      const bdi = p.appendChild(document.createElement("bdi"));
      bdi.appendChild(Object.assign(document.createElement("code"), { textContent: visible(text) }));
      if ([...text].length > SHOWN) p.append(say("cut"));
    };
    if (means.is === "own") {
      add("h3", say("own"));
      raw();
      link(say("ownOpen"), means.path);
    } else if (means.is === "code") {
      add("h3", say("code", { c: grouped(means.code) }));
      link(say("codeOpen"), "/q/" + means.code);
    } else if (means.is === "goods") {
      add("h3", say("goods", { c: means.gtin }));
      link(say("goodsOpen"), "/products?q=" + means.gtin);
    } else if (means.is === "foreign") {
      add("h3", say("foreign", { d: means.domain }));
      raw();
      add("p", say("foreignText")).className = "q";
      if (means.code) {
        add("p", say("foreignCode", { c: grouped(means.code) }));
        link(say("codeOpen"), "/q/" + means.code);
      }
    } else {
      add("h3", say("text"));
      raw();
      add("p", say("textText")).className = "q";
    }
    return item;
  }

  button.addEventListener("click", () => (run && (stream || button.textContent === say("stop")) ? stop(say("paused")) : open()));
  document.addEventListener("visibilitychange", () => document.hidden && stream && stop(say("paused")));
  addEventListener("pagehide", () => stream && stop(say("paused")));
  return open();
}
