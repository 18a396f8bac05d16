import { join } from "node:path";
import { logicalId } from "./cloudformation/expressions";
import { IN_EACH_TEMPLATE, PLANTED } from "./cloudformation/planted";
import { judgeRegions } from "./cloudformation/regions";
import { translate, type Translated } from "./cloudformation/template";
import { TRANSLATIONS } from "./cloudformation/types";
import { CloudFormation, type Found } from "./cloudformation/validator";
import { variants } from "./cloudformation/variants";
import type { Planted } from "./planted";
import type { Finding, Scan, Subject } from "./scan";
import { type Block, type ScannedStack, type StackJson, synthesizeStacks } from "./stacks";

const aws = (stacks: readonly ScannedStack[]): number =>
  stacks.filter(({ json }) => json.provider.aws !== undefined).length;

/**
 * What AWS itself says of the resources: required properties, patterns, enums, engine versions, what a region has. They
 * are translated to a CloudFormation template, which its own validator judges; nothing is deployed by it.
 */
export async function cloudformation(shipped: readonly ScannedStack[], work: string): Promise<Scan> {
  const all = [...shipped, ...synthesizeStacks(join(work, "variants"), variants())];
  const stacks = all.filter(({ json }) => json.provider.aws !== undefined);
  const validator = new CloudFormation(work);
  try {
    const judged = stacks.map((stack) => judge(validator, stack));
    const regions = judgeRegions(validator);
    const missed = PLANTED.filter((planted) => !finds(validator, planted, stacks));
    const count = judged.reduce((sum, { translated }) => sum + Object.keys(translated.template.Resources).length, 0);
    return await Promise.resolve({
      tool: `cloudformation-validate ${validator.version}`,
      scope: `${count} AWS resources in ${stacks.length} stacks, ${stacks.length - aws(shipped)} of them of variants, and machines in every region`,
      subjects: stacks.flatMap(({ resources }) => [...resources.values()]),
      owns: (check) => /^[EFW]\d{4}$/.test(check),
      findings: [...judged.flatMap(({ findings }) => findings), ...regions.findings],
      planted: PLANTED.length + stacks.length,
      failures: [
        ...judged.flatMap(({ failures }) => failures),
        ...regions.failures,
        ...unused(stacks, judged),
        ...missed.map(({ type, check }) => `did not find a planted violation: ${check} in an ${type}`),
      ],
    });
  } finally {
    validator.free();
  }
}

interface Judged {
  readonly translated: Translated;
  readonly findings: readonly Finding[];
  readonly failures: readonly string[];
}

const regionOf = ({ provider }: StackJson): string => {
  const [first] = provider.aws as readonly { readonly region: string }[];
  return first?.region ?? "";
};

function judge(validator: CloudFormation, { name, json, resources }: ScannedStack): Judged {
  const translated = translate(json);
  const { template, problems } = translated;
  const { id, resource, check } = IN_EACH_TEMPLATE;
  const found = validator.judge({ ...template, Resources: { ...template.Resources, [id]: resource } }, regionOf(json));
  const planted = found.some((one) => one.resource === id && one.check === check);
  return {
    translated,
    findings: found.filter((one) => one.resource !== id).map((one) => finding(one, name, translated, resources)),
    failures: [...problems.map((problem) => `${name}: ${problem}`), ...(planted ? [] : [`did not look at ${name}`])],
  };
}

function finding(
  { check, text, resource = "", path }: Found,
  stack: string,
  { ids, parts }: Translated,
  resources: ReadonlyMap<string, Subject>,
): Finding {
  const property = path.split(".")[1] ?? "";
  const id = parts.get(`${resource} ${property}`) ?? ids.get(resource) ?? resource;
  return { check, text, subject: resources.get(id) ?? { title: `${stack}: ${id}`, exceptions: [] } };
}

/** Whether a change of the first resource of its type is found, in the stack that it is in. */
function finds(validator: CloudFormation, { type, change, check }: Planted, stacks: readonly ScannedStack[]): boolean {
  for (const { json } of stacks) {
    const [first] = Object.entries(json.resource[type] ?? {});
    if (first === undefined) continue;
    const [id, block] = first;
    const blocks: Block = { ...json.resource[type], [id]: { ...block, ...change } };
    const changed = { ...json, resource: { ...json.resource, [type]: blocks } } as StackJson;
    const found = validator.judge(translate(changed).template, regionOf(json));
    return found.some((one) => one.resource === logicalId(id) && one.check === check);
  }
  return false;
}

/** What is said of types and arguments that no stack has any more. */
function unused(stacks: readonly ScannedStack[], judged: readonly Judged[]): string[] {
  const types = new Set(stacks.flatMap(({ json }) => Object.keys(json.resource)));
  const used = new Set(judged.flatMap(({ translated }) => [...translated.said]));
  return Object.entries(TRANSLATIONS).flatMap(([type, translation]) => {
    if (!types.has(type)) return [`no stack has an ${type}, which is translated`];
    const says = "says" in translation ? Object.keys(translation.says ?? {}) : [];
    return says
      .filter((path) => !used.has(`${type} ${path}`))
      .map((path) => `no ${type} has ${path}, which is translated`);
  });
}
