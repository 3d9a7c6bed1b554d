// Bundles the editor into ../static: one script that needs nothing else, and beside it the licences of what is in it.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";

const out = "../static/editor.js";
const made = await build({
  entryPoints: ["editor.js"],
  outfile: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "none", // the packages have none in their code; their licences go beside it, whole
  banner: { js: "/* The licences of what is in here: editor.licences.txt */" },
  metafile: true,
  logLevel: "warning",
});

const inside = Object.entries(Object.values(made.metafile.outputs)[0].inputs).filter(([, part]) => part.bytesInOutput > 0);
const folders = inside.map(([path]) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean);
const licences = [...new Set(folders)].sort().map(async (folder) => {
  const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  return `${name} ${version}\n\n${await readFile(`${folder}/LICENSE`, "utf8")}`;
});
await writeFile(out.replace(".js", ".licences.txt"), (await Promise.all(licences)).join(`\n${"-".repeat(72)}\n\n`));
