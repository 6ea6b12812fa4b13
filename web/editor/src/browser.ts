// What the page needs of the browser from its start. The editor comes when it is wanted: picture and explanation
// are there sooner without it. web/src/page/js/ holds the other halves.

import "./files";
import "./host";
import "./loader";
import "./store";

/** Defines the class `NetpolEditor`; fails if its script cannot be loaded. */
const loadEditor = async () => {
  await import("./editor");
};

// The page finds it by this name, as it finds the classes: a script of its own gets a name with a hash from the
// build, which a module that the page imports would not.
Object.assign(globalThis, { netpolLoadEditor: loadEditor });
