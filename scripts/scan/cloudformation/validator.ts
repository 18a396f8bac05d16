import type * as Validator from "@aws/cloudformation-validate";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ScanError } from "../scan";
import type { Template } from "./template";

/** This file runs as a bundle in `.cache`, and in a bundle the package would not find the WebAssembly beside it. */
const load = (): typeof Validator =>
  createRequire(join(__dirname, "..", "package.json"))("@aws/cloudformation-validate") as typeof Validator;

export interface Found {
  readonly check: string;
  readonly text: string;
  /** Logical id, where it is a resource's. */
  readonly resource: string | undefined;
  /** `Properties.EngineVersion` */
  readonly path: string;
}

/** Checks that judge how templates are written, and nobody deploys ours. */
const OF_TEMPLATES: Readonly<Record<string, string>> = {
  W9002: "an ARN belongs into a parameter",
  W9013: "an account's number belongs into a pseudo parameter",
};

const ENGINE_VERSION = "Properties.EngineVersion";

/** AWS's own schemas and rules, offline. */
export class CloudFormation {
  readonly #engine: Validator.Engine;
  readonly #file: Validator.TemplateFile;
  readonly version: string;

  /** @param folder for the one template that is judged at a time */
  constructor(folder: string) {
    const { CelEngine, TemplateFile, version } = load();
    this.#engine = new CelEngine();
    this.#file = new TemplateFile(join(folder, "template.json"));
    this.version = version();
  }

  /** Everything from a warning on: a value outside an enum is one. What is only to be known is left out. */
  judge(template: Template, region: string): Found[] {
    const found = this.#validate(template, region);
    const whole = withWholeVersions(template, found);
    return whole === undefined ? found : this.#validate(whole, region);
  }

  free(): void {
    this.#engine.free();
  }

  #validate(template: Template, region: string): Found[] {
    writeFileSync(this.#file.path, JSON.stringify(template));
    const { status, diagnostics } = this.#engine.validateStandard(this.#file, {
      severityLevel: "WARN",
      pseudoParameterOverrides: { region },
      exclude: { ids: Object.keys(OF_TEMPLATES) },
    });
    if (status !== "OK") throw new ScanError(`cloudformation-validate did not finish: ${status}`);
    return diagnostics.map(({ ruleId: check, message: text, entity, propertyPath: path = "" }) => ({
      check,
      text: path === "" ? text : `${path}: ${text}`,
      resource: entity?.logicalId,
      path,
    }));
  }
}

/**
 * RDS takes `8.4` for the newest of it, and the rules know whole versions alone. So each that is the beginning of some
 * is judged as the newest of them; what begins none stays what it is.
 */
function withWholeVersions(template: Template, found: readonly Found[]): Template | undefined {
  const versions = found.flatMap(({ resource, path, text }): (readonly [string, string])[] => {
    if (resource === undefined || path !== ENGINE_VERSION) return [];
    const given = template.Resources[resource]?.Properties.EngineVersion;
    const newest = [...text.matchAll(/'(\d+\.\d+)\.(\d+)'/g)]
      .filter(([, line]) => line === given)
      .map(([, , patch]) => Number(patch))
      .sort((a, b) => b - a)[0];
    return newest === undefined ? [] : [[resource, `${String(given)}.${newest}`]];
  });
  if (versions.length === 0) return undefined;
  const Resources = { ...template.Resources };
  for (const [id, EngineVersion] of versions) {
    const resource = Resources[id];
    if (resource !== undefined) Resources[id] = { ...resource, Properties: { ...resource.Properties, EngineVersion } };
  }
  return { ...template, Resources };
}
