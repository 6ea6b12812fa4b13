// The documents that the browser keeps, in IndexedDB: unlike localStorage it has room for a dump of
// a whole cluster, and a document is written only if nobody else has written it since it was read.
// web/src/page/js/store.rs is the other half of this contract.

const NAME = "netpol-playground";
const SCHEMA = 1;

/** What the document lists show; `texts` holds the texts under the same keys. */
const HEADS = "heads";
const TEXTS = "texts";
/** What a person sees of a document besides its text. */
const VIEWS = "views";
/** What could not be read: `{ head, text }`, for its owner to download. */
const DAMAGED = "damaged";

/** So many milliseconds may pass until it is open. */
const PATIENCE = 8000;

const late = () => new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE));

interface Stored {
  head: string;
  text: string;
}

class Store {
  readonly #db: IDBDatabase;
  readonly #channel = new BroadcastChannel(NAME);

  private constructor(db: IDBDatabase, changed: (id: string) => void) {
    this.#db = db;
    this.#channel.onmessage = (event) => changed(String(event.data));
    // A newer page wants another schema: it must not wait for this one.
    db.onversionchange = () => db.close();
  }

  /**
   * `changed` hears of the documents that other tabs write. Fails when the browser takes too long, as one did
   * that came back to a page left while its storage was made: without storage there is a page at least.
   */
  static async open(changed: (id: string) => void): Promise<Store> {
    const opening = early ?? connect();
    early = null;
    const db = await Promise.race([opening, late()]);
    if (!db) {
      void opening.then((db) => db.close());
      throw new Error("the browser's storage does not open");
    }
    return new Store(db, changed);
  }

  /** All heads by their documents' ids, and the ids of what was set aside, as JSON. */
  async list(): Promise<string> {
    const transaction = this.#db.transaction([HEADS, DAMAGED]);
    const heads = transaction.objectStore(HEADS);
    const [ids, values, damaged] = await Promise.all([
      done(heads.getAllKeys()),
      done(heads.getAll()),
      done(transaction.objectStore(DAMAGED).getAllKeys()),
    ]);
    return JSON.stringify({ heads: ids.map((id, i) => [String(id), String(values[i])]), damaged });
  }

  /** Head, text and view of a document; each may be missing. */
  async read(id: string): Promise<(string | undefined)[]> {
    const transaction = this.#db.transaction([HEADS, TEXTS, VIEWS]);
    const parts = [HEADS, TEXTS, VIEWS].map((name) => done(transaction.objectStore(name).get(id)));
    return (await Promise.all(parts)).map((part) => (typeof part === "string" ? part : undefined));
  }

  /** Writes a document if its head is still `expected`, empty if there was none. */
  async write(id: string, expected: string, head: string, text: string): Promise<boolean> {
    const transaction = this.#db.transaction([HEADS, TEXTS], "readwrite");
    const ended = finished(transaction);
    const heads = transaction.objectStore(HEADS);
    const stored = await done(heads.get(id));
    const free = (stored ?? "") === expected;
    if (free) {
      heads.put(head, id);
      transaction.objectStore(TEXTS).put(text, id);
    }
    await ended;
    if (free) this.#channel.postMessage(id);
    return free;
  }

  async writeView(id: string, view: string): Promise<void> {
    const transaction = this.#db.transaction(VIEWS, "readwrite");
    transaction.objectStore(VIEWS).put(view, id);
    await finished(transaction);
  }

  async remove(id: string): Promise<void> {
    const transaction = this.#db.transaction([HEADS, TEXTS, VIEWS, DAMAGED], "readwrite");
    for (const name of [HEADS, TEXTS, VIEWS, DAMAGED]) transaction.objectStore(name).delete(id);
    await finished(transaction);
    this.#channel.postMessage(id);
  }

  /** Puts away what cannot be read, so that it is neither lost nor in the way. */
  async setAside(id: string): Promise<void> {
    const transaction = this.#db.transaction([HEADS, TEXTS, DAMAGED], "readwrite");
    const ended = finished(transaction);
    const [head, text] = await Promise.all(
      [HEADS, TEXTS].map((name) => done(transaction.objectStore(name).get(id))),
    );
    transaction.objectStore(DAMAGED).put({ head: String(head ?? ""), text: String(text ?? "") } satisfies Stored, id);
    for (const name of [HEADS, TEXTS]) transaction.objectStore(name).delete(id);
    await ended;
  }

  /** What was set aside, as far as it is there. */
  async damaged(id: string): Promise<string> {
    const record = (await done(this.#db.transaction(DAMAGED).objectStore(DAMAGED).get(id))) as Stored | undefined;
    if (!record) return "";
    return record.text === "" ? record.head : record.text;
  }

  close(): void {
    this.#channel.close();
    this.#db.close();
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

async function connect(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, SCHEMA);
  request.onupgradeneeded = () => {
    for (const name of [HEADS, TEXTS, VIEWS, DAMAGED]) request.result.createObjectStore(name);
  };
  return done(request);
}

/** It opens while the page's program is on its way. In a frame nothing is kept. */
let early = "framed" in document.documentElement.dataset ? null : connect();
// Who wants it hears of it.
early?.catch(() => {});

Object.assign(globalThis, { NetpolStore: Store });
