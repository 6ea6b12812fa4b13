// Links, as docs/link-format.md describes them. A stream that uses nothing of the dictionary is a valid
// one: it is longer than what the playground writes, and needs no dictionary here.

function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A text as what stands behind the `#` of a link. */
export async function linkTo(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const all = new Uint8Array(packed.length + 4);
  all.set(packed);
  new DataView(all.buffer).setUint32(packed.length, checksum(packed), true);
  let binary = "";
  for (const byte of all) binary += String.fromCharCode(byte);
  return `1.d${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}z`;
}

/** A link's content with these parameters in the place of its own. */
export function withParameters(content: string, parameters: ReadonlyMap<string, string>): string {
  const own = content.split("&").filter((part, i) => i === 0 || !parameters.has(part.split("=")[0] ?? ""));
  const added = [...parameters].map(([key, value]) => (value === "" ? key : `${key}=${encodeURIComponent(value)}`));
  return [...own, ...added].filter((part) => part !== "").join("&");
}
