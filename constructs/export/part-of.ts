import type { PartOf } from "./exported-stack";

/** Lists of an application's elements in the model, and what one of each is called. */
const ONE_OF: Readonly<Record<string, string>> = {
  workloads: "workload",
  services: "service",
  secrets: "secret",
  objects: "objects",
};

/** `SecretStore` → `secret-store`: of letters that a name of a file may have on every system. */
const fileName = (text: string): string =>
  text
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, "-")
    .toLowerCase()
    .replace(/[^a-z\d-]+/g, "-");

/**
 * What a resource is of, by `resources` of a `model.json`.
 *
 * @param of pointer into the model: `/environments/staging/applications/my-app/workloads/backend`
 * @param part `Deployment`; of what all applications share with what it is of before it: `cluster / Network: route table`
 */
export function partOf({ of, part }: { readonly of: string; readonly part: string }): PartOf {
  const steps = of.split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const [, , , group, , list = "", name] = steps;
  if (group !== "applications") {
    const [, shared = part, role = ""] = /^\w+ \/ (.+?): (.*)$/s.exec(part) ?? [];
    return { file: fileName(shared), says: role === "" ? shared : `${shared}: ${role}` };
  }
  if (list === "") return { file: "application", says: `application: ${part}` };
  const one = ONE_OF[list] ?? list;
  return name === undefined
    ? { file: fileName(list), says: `${list}: ${part}` }
    : { file: fileName(`${one}-${name}`), says: `${one} ${name}: ${part}` };
}
