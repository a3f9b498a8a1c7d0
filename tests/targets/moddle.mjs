// Answers for each DMN or BPMN text the type of its root and what the reader of modelling tools warns of.
import { BpmnModdle } from "bpmn-moddle";
import { DmnModdle } from "dmn-moddle";
import { readFileSync } from "node:fs";

const readers = { bpmn: () => new BpmnModdle(), dmn: () => new DmnModdle() };

async function read({ language, xml }) {
  try {
    const { rootElement, warnings } = await readers[language]().fromXML(xml);
    return { root: rootElement.$type, warnings: warnings.map((warning) => warning.message) };
  } catch (failure) {
    return { root: null, warnings: [failure.message, ...(failure.warnings ?? []).map((warning) => warning.message)] };
  }
}

const documents = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(await Promise.all(documents.map(read))));
