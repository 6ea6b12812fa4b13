// Run by the driver on a page without scripts of its own: starts the worker of the built page as the
// page does, talks to it, and says how long everything took.
const [base, text, question, rounds, done] = arguments;

// Messages as `web/src/wire` writes them, of the variants that `web/src/protocol.rs` declares: numbers of
// seven bits a byte, texts behind their length, fields in their order, what is optional behind a byte.
const [ANALYSE, ASK] = [0, 1];
const [MATRIX, EXPLAIN] = [2, 5];
const PANICKED = 2;
const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]);
const encoder = new TextEncoder();
const words = (value) => {
  const bytes = encoder.encode(value);
  return [...number(bytes.length), ...bytes];
};
const port = (value) =>
  typeof value === "number" ? [1, ...number(value), 0] : value ? [0, 1, ...words(value)] : [0, 0];
const protocol = ["TCP", "UDP", "SCTP", "ICMP"];
const explanation = [
  EXPLAIN,
  ...words(question.from),
  ...words(question.to),
  ...port(question.port),
  protocol.indexOf(question.protocol),
];
const matrix = [MATRIX, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const analyse = (revision) => {
  const bytes = encoder.encode(text);
  const start = [ANALYSE, ...number(revision), ...number(bytes.length)];
  const message = new Uint8Array(start.length + bytes.length + 1);
  message.set(start);
  message.set(bytes, start.length);
  return message;
};

const start = (engine) => {
  // Before the worker's own lines: tell how much memory its program has.
  const script = `
    let memory;
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...parameters) => {
        const made = await original(...parameters);
        memory = (made.instance ?? made).exports.memory;
        return made;
      };
    }
    addEventListener("message", (event) => {
      if (event.data?.memory) {
        event.stopImmediatePropagation();
        postMessage({ memory: memory.buffer.byteLength });
      }
    });
    importScripts("${base}${engine}.js");
    wasm_bindgen({ module_or_path: "${base}${engine}_bg.wasm" });
  `;
  return new Worker(URL.createObjectURL(new Blob([script])));
};

const run = async () => {
  const html = await (await fetch(base)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  const { content } = page.querySelector("meta[name=netpol-engine]");
  const engine = content.replace(/^.*\.\/|\.js$/g, "");
  const started = performance.now();
  const worker = start(engine);
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        data[0] === PANICKED ? reject(new Error(new TextDecoder().decode(data))) : resolve(data);
      };
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  const timed = async (request) => {
    const message = Uint8Array.from(request);
    const start = performance.now();
    worker.postMessage(message, [message.buffer]);
    const { length } = await answer();
    return { time: performance.now() - start, length };
  };
  const memory = async () => {
    worker.postMessage({ memory: true });
    return (await answer()).memory;
  };

  await answer();
  const result = { start: performance.now() - started, rounds: [] };
  for (let revision = 1; revision <= rounds; revision++) {
    const ask = (query) => timed([ASK, ...number(revision), 1, ...query]);
    // The first question about all pairs has them judged, the same once more does not.
    const read = await timed(analyse(revision));
    const first = await ask(matrix);
    const again = await ask(matrix);
    const explain = await ask(explanation);
    result.rounds.push({
      read: read.time,
      answer: read.length,
      judge: first.time - again.time,
      explain: explain.time,
      memory: await memory(),
    });
  }
  worker.terminate();
  return result;
};

run().then(done, (error) => done({ error: String(error) }));
