// Nothing on the page moves while somebody types. Each frame of what moves is drawn anew, and the result of a key
// would have to wait for it.

/** So long after a key everything moves again. */
const REST = 400;

let rest: ReturnType<typeof setTimeout> | undefined;

/** A key was pressed. */
export function still(): void {
  const { dataset } = document.documentElement;
  dataset["typing"] = "";
  clearTimeout(rest);
  rest = setTimeout(() => delete dataset["typing"], REST);
}
