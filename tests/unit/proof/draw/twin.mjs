// Runs the twin over the records on standard input (a JSON list of files' texts); node twin.mjs FOLDER
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const { parse, verify } = await import(pathToFileURL(path.join(process.argv[2], "record.js")));

function told(source) {
  try {
    const { breaks, drawn, standing } = verify(parse(source));
    const where = standing && [...standing.where].map(([name, { panel }]) => [name, panel]);
    return { breaks, drawn, where };
  } catch (problem) {
    return { malformed: `${problem.name}: ${problem.message}` };
  }
}

const sources = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(sources.map(told)));
