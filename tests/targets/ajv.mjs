// Answers for each JSON Schema (2020-12) what Ajv says of each of its instances: no entry is a clean bill.
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { readFileSync } from "node:fs";

const { jobs, keywords } = JSON.parse(readFileSync(0, "utf-8"));
const answers = jobs.map(({ schema, instances }) => {
  // Unknown keywords and formats stay errors, as with Ajv's own settings; only its advice on style is off.
  const ajv = new Ajv({ allErrors: true, strictTypes: false, strictTuples: false });
  formats.default(ajv);
  ajv.addVocabulary(keywords);
  const validate = ajv.compile(schema);
  return instances.map((instance) => (validate(instance) ? [] : validate.errors));
});
process.stdout.write(JSON.stringify(answers));
