// Files from and to the person's disk. web/src/page/js/files.rs is the other half of this contract.

const MANIFESTS = /\.(ya?ml|json)$/i;

/** What files hold, by the ends of their names. */
const TYPES: Record<string, string> = {
  ".yaml": "application/yaml",
  ".svg": "image/svg+xml",
  ".csv": "text/csv",
  ".md": "text/markdown",
};

class Files {
  /** How much may be read at once, in bytes. */
  readonly #limit: number;
  readonly #opened: (paths: string[], contents: Uint8Array[]) => void;
  readonly #refused: (reason: string, bytes: number) => void;
  readonly #over: (over: boolean) => void;
  readonly #ended = new AbortController();

  constructor(limit: number, opened: (paths: string[], contents: Uint8Array[]) => void, refused: (reason: string, bytes: number) => void, over: (over: boolean) => void) {
    this.#limit = limit;
    this.#opened = opened;
    this.#refused = refused;
    this.#over = over;
    const { signal } = this.#ended;
    // Before the editor, which would put the text of a dropped file where the pointer is.
    addEventListener("dragover", (event) => this.#drag(event), { signal, capture: true });
    addEventListener("dragleave", (event) => event.relatedTarget === null && this.#over(false), { signal });
    addEventListener("drop", (event) => this.#drop(event), { signal, capture: true });
  }

  /** Lets the person choose files, or a folder. */
  choose(folder: boolean): void {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    if (folder) input.webkitdirectory = true;
    else input.accept = ".yaml,.yml,.json,application/yaml,application/json,text/plain";
    input.onchange = () => this.take([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })), folder);
    input.click();
  }

  #drag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = "copy";
    this.#over(true);
  }

  async #drop(event: DragEvent): Promise<void> {
    const transfer = event.dataTransfer;
    if (!transfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    this.#over(false);
    // Both lists are gone as soon as this function waits.
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry != null);
    const files = [...transfer.files];
    if (entries.length === 0) return this.take(files.map((file) => ({ path: file.name, file })), false);
    try {
      const found = (await Promise.all(entries.map(walk))).flat();
      await this.take(found, entries.some((entry) => entry.isDirectory));
    } catch (error) {
      this.#refused(String(error), 0);
    }
  }

  /** Reads files in the order of their paths. A folder also holds what is no manifest: that is left out. */
  async take(all: { path: string; file: File }[], folder: boolean): Promise<void> {
    const files = (folder ? all.filter(({ path }) => MANIFESTS.test(path)) : all).sort((a, b) => (a.path < b.path ? -1 : 1));
    const size = files.reduce((sum, { file }) => sum + file.size, 0);
    if (files.length === 0) return this.#refused("none", 0);
    if (size > this.#limit) return this.#refused("large", size);
    try {
      const contents = await Promise.all(files.map(async ({ file }) => new Uint8Array(await file.arrayBuffer())));
      this.#opened(files.map(({ path }) => path), contents);
    } catch (error) {
      this.#refused(String(error), 0);
    }
  }

  /** Lets the browser save a text as a file. */
  save(name: string, text: string): void {
    save(name, new Blob([text], { type: TYPES[name.slice(name.lastIndexOf("."))] ?? "text/plain" }));
  }

  /** Puts a text into the clipboard. */
  copy(text: string): Promise<void> {
    return navigator.clipboard.writeText(text);
  }

  /** Draws an SVG and saves it as a PNG. */
  async savePicture(name: string, svg: string): Promise<void> {
    const { png } = await import("./png");
    save(name, await png(svg));
  }

  /** Draws an SVG and puts it into the clipboard as a PNG. */
  copyPicture(svg: string): Promise<void> {
    const picture = import("./png").then(({ png }) => png(svg));
    // The browser wants to be asked at once, and takes the picture later.
    return navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  }

  destroy(): void {
    this.#ended.abort();
  }
}

function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser may begin to read it later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function walk(entry: FileSystemEntry): Promise<{ path: string; file: File }[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: { path: string; file: File }[] = [];
  for (;;) {
    // A reader gives a part of the entries at a time, and none when there are no more.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const child of entries) if (!child.name.startsWith(".")) found.push(...(await walk(child)));
  }
}

Object.assign(globalThis, { NetpolFiles: Files });
