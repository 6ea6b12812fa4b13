// The element that has loaded this script. A module is not told, so that it is looked for by its name.

const isOwn = ({ src }: HTMLScriptElement) => /\/embed\.js(?:[?#]|$)/.test(src);

export const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript : [...document.scripts].find(isOwn);

/** The folder of the playground. */
export const folder = new URL("./", script?.src ?? document.baseURI);
