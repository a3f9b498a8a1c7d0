// Runs decision tables with hit policy COLLECT in feelin: for each of them and each of its contexts the results of every rule that holds, in order.
import { evaluate, unaryTest } from "feelin";
import { readFileSync } from "node:fs";

const run = ({ inputs, rules, contexts }) => contexts.map((context) => {
  const warnings = [];
  const heard = ({ value, warnings: said }, text) => {
    warnings.push(...said.map((warning) => `${text}: ${warning.message}`));
    return value ?? null;
  };
  const values = inputs.map((text) => heard(evaluate(text, context), text));
  // An empty entry and `-` are DMN's ways to write that a rule does not look at this input (DMN 1.3, 8.3.3).
  const holds = (text, index) => text === "" || text === "-" || heard(unaryTest(text, { ...context, "?": values[index] }), text) === true;
  const rows = rules.filter(([tests]) => tests.every(holds)).map(([, results]) => results.map((text) => heard(evaluate(text, context), text)));
  return { rows, warnings };
});
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(run)));
