// Run by the driver on a page without scripts of its own: starts the worker of the built page as the
// page does, talks to it, and says how long everything took.
const [base, text, question, rounds, done] = arguments;

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
  const { content } = page.querySelector("meta[name=netpol-worker]");
  const engine = content.replace(/^\.\/|\.js$/g, "");
  const started = performance.now();
  const worker = start(engine);
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        const failed = typeof data === "string" && data.startsWith('{"Panicked"');
        failed ? reject(new Error(data)) : resolve(data);
      };
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  const timed = async (request) => {
    const message = JSON.stringify(request);
    const start = performance.now();
    worker.postMessage(message);
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
    const ask = (query) => timed({ Ask: { revision, queries: [query] } });
    // The first question about all pairs has them judged, the same once more does not.
    const matrix = { Matrix: { limit: 1 } };
    const read = await timed({ Analyse: { revision, text, queries: [] } });
    const first = await ask(matrix);
    const again = await ask(matrix);
    const explain = await ask({ Explain: question });
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
