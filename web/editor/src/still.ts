// Nothing on the page moves while somebody types. Each frame of what moves is drawn anew, and the result of a key
// would have to wait for it.

/** So long after a key everything moves again. */
const REST = 400;

/** So long after the first key the picture stops, which takes time itself: the result of that key is there by then. */
const STOP = 100;

let stop: ReturnType<typeof setTimeout> | undefined;
let rest: ReturnType<typeof setTimeout> | undefined;

/** A key was pressed. */
export function still(): void {
  const { dataset } = document.documentElement;
  if (rest === undefined) stop = setTimeout(() => (dataset["still"] = ""), STOP);
  dataset["typing"] = "";
  clearTimeout(rest);
  rest = setTimeout(() => {
    rest = undefined;
    clearTimeout(stop);
    delete dataset["typing"];
    delete dataset["still"];
  }, REST);
}
