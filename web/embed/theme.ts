// Whether a page is light or dark where an element stands: by what can be seen behind it, as every
// generator of sites has other classes for it.

export type Theme = "light" | "dark";

let pixel: CanvasRenderingContext2D | null | undefined;

/** Red, green, blue and opacity of any colour of CSS. */
function parts(color: string): Uint8ClampedArray | undefined {
  pixel ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  if (!pixel) return undefined;
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  return pixel.getImageData(0, 0, 1, 1).data;
}

export function themeBehind(element: Element): Theme {
  for (let it: Element | null = element; it; it = it.parentElement ?? ((it.getRootNode() as ShadowRoot).host || null)) {
    const [red = 0, green = 0, blue = 0, opacity = 0] = parts(getComputedStyle(it).backgroundColor) ?? [];
    if (opacity > 127) return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const dark = /dark/.test(scheme) && (!/light/.test(scheme) || matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? "dark" : "light";
}

/** Hears when the page may have become light or dark, until the signal. */
export function onThemeChange(changed: () => void, signal: AbortSignal): void {
  // After what fades in: a page may take a moment to change.
  const soon = () => {
    changed();
    setTimeout(changed, 400);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon, { signal });
  const attributeFilter = ["class", "style", "data-theme", "data-mode", "data-bs-theme", "data-md-color-scheme"];
  // Some sites put another body into the place of the first.
  const observe = () => {
    for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true, attributeFilter, childList: element !== document.body });
  };
  const observer = new MutationObserver(() => {
    observe();
    soon();
  });
  observe();
  signal.addEventListener("abort", () => observer.disconnect());
}
