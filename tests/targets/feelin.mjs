// Answers for each FEEL text, an expression or a unary test, its value and what feelin warns of.
import { evaluate, unaryTest } from "feelin";
import { readFileSync } from "node:fs";

const answers = JSON.parse(readFileSync(0, "utf-8")).map(({ unary, expression, context }) => {
  const { value, warnings } = unary === undefined ? evaluate(expression, context) : unaryTest(unary, context);
  return { value: value ?? null, warnings: warnings.map((warning) => warning.message) };
});
process.stdout.write(JSON.stringify(answers));
