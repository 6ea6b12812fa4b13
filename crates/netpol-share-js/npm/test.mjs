// The package in Node.js: its links are those of the command `netpol`, whose path is in `NETPOL`.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const folder = process.env.PACKAGE;
const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
const entry = manifest.exports["."];
const { encode, decode } = createRequire(import.meta.url)(`${folder}/${entry.node.default}`);

const files = process.env.MANIFESTS.split(":");
const netpol = (...args) => execFileSync(process.env.NETPOL, args, { encoding: "utf8" });

for (const file of files) {
  test(`${file} has the link of the command`, () => {
    const text = readFileSync(file, "utf8");
    // An address is somebody in every document.
    const flow = "198.51.100.1>203.0.113.9:8080/TCP";
    const link = netpol("share", file, "--from", "198.51.100.1", "--to", "203.0.113.9", "--port", "8080").trim();
    const fragment = encode(text, { flow });
    assert.equal(fragment, link.split("#")[1]);
    assert.deepEqual(decode(link), { content: "text", text, parameters: { flow } });
    assert.equal(netpol("open", fragment), text);
  });
}

test("other links are told apart", () => {
  assert.deepEqual(decode("#example=np-demo&view=matrix"), {
    content: "example",
    example: "np-demo",
    parameters: { view: "matrix" },
  });
  assert.deepEqual(decode("#url=https%3A%2F%2Fexample.org%2Fa"), {
    content: "url",
    url: "https://example.org/a",
    parameters: {},
  });
  assert.deepEqual(decode("#view=matrix"), { content: "none", parameters: { view: "matrix" } });
});

test("what is wrong is thrown as an error", () => {
  const link = encode("kind: Pod\n");
  assert.throws(() => decode(link.slice(0, -3)), { name: "Error", message: /the end of the link is missing/ });
  assert.throws(() => decode(link.replace("1.d", "2.d")), /made by a newer version/);
  assert.throws(() => encode("", { colour: "red" }), /no parameter `colour`/);
  assert.throws(() => encode("", { view: 1 }), /`view` is no string/);
  assert.equal(encode("", { view: undefined }), encode(""));
  assert.throws(() => encode(5), { name: "Error", message: "the manifests are no string" });
  assert.throws(() => decode(), { name: "Error", message: "the link is no string" });
});

test("in a browser it is a module", async () => {
  const module = await import(pathToFileURL(`${folder}/${entry.default.default}`));
  const program = entry.default.default.replace(".js", "_bg.wasm");
  module.initSync({ module: readFileSync(`${folder}/${program}`) });
  assert.equal(module.encode("kind: Pod\n"), encode("kind: Pod\n"));
});
