// Decodes pictures away from the page, so that the page stays quick. The first message names the decoder;
// each further one is a picture and is answered with what was read: [format, text, format, text, …].
//
// A panic in the decoder leaves its memory as it is: the page ends this worker and starts another.
let read;
self.onmessage = async ({ data }) => {
  try {
    if (data.scanner) {
      const decoder = await import(data.scanner);
      await decoder.default();
      read = decoder.read;
      self.postMessage({ ready: true });
    } else {
      self.postMessage({ id: data.id, codes: read(new Uint8Array(data.pixels), data.width, data.height, data.photo) });
    }
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error) });
  }
};
