// Put into the built page by the driver: does what people do there, and says how long they wait for it.
const app = document.querySelector("[data-testid=app]");

// When the browser has drawn what the page is by now.
const drawn = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  });

// When a text after that revision is judged and drawn.
const judged = (revision) =>
  new Promise((resolve) => {
    const look = () => {
      const { revision: now, shown } = app.dataset;
      if (now !== shown || Number(now) <= revision || document.querySelector(".graph[aria-busy]")) return;
      observer.disconnect();
      resolve(drawn());
    };
    const observer = new MutationObserver(look);
    observer.observe(app, { attributes: true, subtree: true });
    look();
  });

// Tasks on the page's thread that took longer than 50 ms.
let tasks = [];
const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
observer.observe({ type: "longtask" });
const longTasks = () => {
  tasks.push(...observer.takeRecords());
  const durations = tasks.map(({ duration }) => duration);
  tasks = [];
  return durations;
};

window.bench = {
  // Keeps a document for `open`, and waits until there is an editor to drop it on.
  async hold(text) {
    this.file = new File([text], "cluster.yaml");
    while (app.dataset.state !== "ready") await drawn();
    // Whatever task this was part of is over and told.
    await drawn();
  },

  // Opens the document as if its file had been dropped on the page.
  async open() {
    longTasks();
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(this.file);
    const before = Number(app.dataset.revision);
    const start = performance.now();
    for (const type of ["dragover", "drop"]) {
      const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector(".cm-content").dispatchEvent(event);
    }
    const time = (await judged(before)) - start;
    document.querySelector(".cm-content").focus();
    return { time, tasks: longTasks() };
  },

  // From the next key that is pressed until its result is drawn.
  expectKey() {
    longTasks();
    const before = Number(app.dataset.revision);
    this.key = new Promise((resolve) => {
      const pressed = async ({ timeStamp }) => resolve((await judged(before)) - timeStamp);
      addEventListener("keydown", pressed, { capture: true, once: true });
    });
  },
  async keyTime() {
    const time = await this.key;
    return { time, tasks: longTasks() };
  },

  // How many frames the browser draws in two seconds, and how many things move in them.
  async frames() {
    const start = performance.now();
    let frames = 0;
    let now = start;
    while (now - start < 2000) {
      now = await new Promise(requestAnimationFrame);
      frames += 1;
    }
    return { moving: this.moving(), rate: (frames * 1000) / (now - start) };
  },
  moving: () => document.getAnimations().filter(({ playState }) => playState === "running").length,
};
