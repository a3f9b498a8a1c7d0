// Imports a plan with Salesforce's own importer, the code behind `sf data import tree --plan`, into the org at the given address.
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Connection } from "@jsforce/jsforce-node";

// The package exports its commands only, and these want an org that somebody has logged in to.
const importer = path.resolve("node_modules/@salesforce/plugin-data/lib/api/data/tree/importPlan.js");
const { importFromPlan } = await import(pathToFileURL(importer).href);

const { url, plan } = JSON.parse(readFileSync(0, "utf-8"));
const connection = new Connection({ instanceUrl: url, accessToken: "of-no-org", version: "62.0", maxRequest: 1 });
let answer;
try {
  const { results, warnings } = await importFromPlan(connection, plan);
  answer = { refused: null, ids: Object.fromEntries(results.map(({ refId, id }) => [refId, id])), warnings };
} catch (failure) {
  answer = { refused: `${failure.name}: ${failure.message}`, ids: {}, warnings: [] };
}
process.stdout.write(JSON.stringify(answer));
