// What must happen before the page starts: the theme that was chosen last, the engine, the first view, and a word to
// people whose browser cannot run the page.
(() => {
  const root = document.documentElement;
  // Something else is going to be shown: what the address names, or what this browser has kept.
  const goesOn = () => {
    root.dataset.goesOn = "";
  };
  if (location.hash.length > 1) goesOn();
  if (window.parent !== window) {
    goesOn();
    // In a frame nothing is read from the storage, and the link says how it is to look.
    root.dataset.framed = "";
    root.dataset.theme = /[#&]theme=(light|dark)(?=&|$)/.exec(location.hash)?.[1] ?? "auto";
  } else {
    try {
      root.dataset.theme = localStorage.getItem("netpol-theme") ?? "auto";
      if (sessionStorage.getItem("netpol-open") ?? localStorage.getItem("netpol-open")) goesOn();
    } catch {
      // Without storage the theme follows the system.
    }
  }

  // The engine starts beside the page. What it says before the page listens is kept for it.
  const early = { said: [] };
  try {
    early.worker = new Worker(document.querySelector("meta[name=netpol-engine]").content);
    early.worker.onmessage = early.worker.onerror = (event) => {
      event.preventDefault();
      early.said.push(event);
    };
    globalThis.netpolEarly = early;
  } catch {
    // The page tries it again, and says what there is to say.
  }

  // What is typed before the program hears of it would be lost.
  addEventListener("beforeinput", (event) => {
    if (!root.hasAttribute("data-shown")) event.preventDefault();
  });

  const trouble = (text) => {
    if (root.hasAttribute("data-shown")) return;
    const message = document.getElementById("start-message");
    if (!message) return;
    message.textContent = text;
    message.className = "shell-trouble";
    message.setAttribute("role", "alert");
  };

  // The program is on its way by now.
  document.addEventListener("DOMContentLoaded", () => {
    const app = document.getElementById("app");
    if ("goesOn" in root.dataset) app.replaceChildren();
    // Of the pictures the one for a room like the one that there is, and what the engine answers about it.
    for (const other of app.querySelectorAll("noscript")) {
      if (matchMedia(other.dataset.media).matches && !globalThis.netpolFirst) {
        const drawn = document.createElement("template");
        drawn.innerHTML = other.textContent;
        other.before(drawn.content.querySelector("svg"));
        // Without them the page begins anew.
        const signal = AbortSignal.timeout?.(8000);
        const answers = fetch(other.dataset.answers, { signal }).then((found) => (found.ok ? found.arrayBuffer() : null));
        globalThis.netpolFirst = answers.catch(() => null);
      }
      other.remove();
    }
    // What an extension of the browser puts into it would be in the program's way, which counts again.
    app.dataset.elements = app.querySelectorAll("*").length;
    // It is seen when all of it is there, which is sooner than piece by piece.
    app.hidden = false;
    if (typeof WebAssembly !== "object") {
      trouble(
        "The playground needs WebAssembly, and this browser has none or has it switched off. " +
          "Use a current browser, or the same engine as the command netpol.",
      );
    }
  });
  // Only the folder that is made for hosting has one. In a frame nothing is kept.
  addEventListener("load", () => {
    const offline = document.querySelector("meta[name=netpol-offline]")?.content;
    if (offline && window.parent === window) {
      // Where it is refused the page works all the same, with a network.
      const { serviceWorker } = navigator;
      const come = async () => {
        const known = await serviceWorker.getRegistration();
        await (known ? known.update() : serviceWorker.register(offline, { updateViaCache: "none" }));
      };
      come().catch(() => {});
    }
  });

  // A script or the program itself could not be loaded or started.
  const failed = () => {
    if (typeof WebAssembly === "object") {
      trouble("The playground could not be started. Reload the page; if that does not help, the files on the server are incomplete.");
    }
  };
  addEventListener("error", failed, true);
  addEventListener("unhandledrejection", failed);
})();
