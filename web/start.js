// What must happen before the page starts: the theme that was chosen last, and a word to people
// whose browser cannot run the page.
(() => {
  const root = document.documentElement;
  if (window.parent !== window) {
    // In a frame nothing is read from the storage, and the link says how it is to look.
    root.dataset.framed = "";
    root.dataset.theme = /[#&]theme=(light|dark)(?=&|$)/.exec(location.hash)?.[1] ?? "auto";
  } else {
    try {
      root.dataset.theme = localStorage.getItem("netpol-theme") ?? "auto";
    } catch {
      // Without storage the theme follows the system.
    }
  }

  const trouble = (text) => {
    if (root.hasAttribute("data-started")) return;
    const message = document.getElementById("start-message");
    if (!message) return;
    message.textContent = text;
    message.className = "shell-trouble";
    message.setAttribute("role", "alert");
  };

  document.addEventListener("DOMContentLoaded", () => {
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
