import { resolve } from "node:path";
import ts from "typescript";
import type { Deployment, KubernetesObject } from "../../../constructs/kubernetes/objects";
import { createResource } from "../../../constructs/terraform/create-resource";
import { sampleDeployments, sampleWorkloads } from "../../../scripts/bench/sample";
import { serverObjects } from "../../support/in-cluster";
import {
  claim,
  configMap,
  cronJob,
  denyAll,
  externalSecret,
  gatewayObjects,
  ingress,
  job,
  limits,
  policiesByName,
  quota,
  sealedSecret,
} from "./objects";
import { synthesize } from "./synthesize";

const SERVER_KINDS: readonly string[] = ["StatefulSet", "Issuer", "Certificate", "RabbitmqCluster"];

const kinds: KubernetesObject[] = [
  ...sampleWorkloads(1),
  ...[claim, configMap, cronJob, denyAll, externalSecret, ingress, job, limits, quota, sealedSecret],
  ...gatewayObjects,
  ...policiesByName,
  ...serverObjects().filter(({ kind }) => SERVER_KINDS.includes(kind)),
];

/** Adds a field the types do not know to every object within, one at a time, and tells where. */
function* withForeignField(value: object, path: readonly string[] = []): Generator<[path: string, changed: object]> {
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      if (typeof inner !== "object") continue;
      for (const [at, changed] of withForeignField(inner as object, [...path, String(index)])) {
        yield [at, value.map((other: unknown, i) => (i === index ? changed : other))];
      }
    }
    return;
  }
  yield [path.join("."), { ...value, foreign: { x: 1 } }];
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== "object" || inner === null) continue;
    for (const [at, changed] of withForeignField(inner as object, [...path, key]))
      yield [at, { ...value, [key]: changed }];
  }
}

/** Maps take any key: there a field of another type is foreign. */
const MAPS = /(labels|annotations|matchLabels|data|encryptedData|hard|default|defaultRequest)$/;
const isMap = (kind: string, path: string) => MAPS.test(path) || (kind === "Service" && path === "spec.selector");

/** Kinds without a typed resource of their own. */
const MANIFESTS: readonly string[] = [
  ...["PodDisruptionBudget", "ExternalSecret", "SealedSecret"],
  ...["Gateway", "HTTPRoute", "ClientTrafficPolicy", "BackendTrafficPolicy", "SecurityPolicy"],
  ...["Issuer", "Certificate", "RabbitmqCluster"],
  ...["FQDNNetworkPolicy", "ApplicationNetworkPolicy", "CiliumNetworkPolicy"],
];

test("all kinds are here", () => {
  expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(28);
});

test.each(kinds.map((object) => [object.kind, object] as const))(
  "%s: no unknown field is dropped, however deep",
  (kind, object) => {
    const manifest = MANIFESTS.includes(kind);
    for (const [path, changed] of withForeignField(object)) {
      if (isMap(kind, path)) continue;
      const create = () =>
        synthesize((stack) => {
          createResource(stack, "x", changed as KubernetesObject, {});
        });
      if (manifest) expect(JSON.stringify(create())).toContain('"foreign":{"x":1}');
      else expect(create).toThrow(/foreign: got \{"x":1\}, a field the Terraform resource would not get; convert it/);
    }
  },
);

test("the error says which object and where", () => {
  const [deployment] = sampleDeployments(1);
  const spec = { ...deployment?.spec.template.spec, hostNetwork: true };
  const template = { ...deployment?.spec.template, spec };
  const changed = { ...deployment, spec: { ...deployment?.spec, template } } as unknown as Deployment;
  expect(() => synthesize((stack) => void createResource(stack, "x", changed, {}))).toThrow(
    "apps/v1/Deployment/workload-0.spec.template.spec.hostNetwork: got true",
  );
});

test("a Job without time, which the provider would take for one without end, is refused", () => {
  const spec = { ...job.spec, activeDeadlineSeconds: 0 };
  expect(() => synthesize((stack) => void createResource(stack, "x", { ...job, spec }, {}))).toThrow(
    "batch/v1/Job/thing.spec.activeDeadlineSeconds: got 0, which the Terraform provider drops; use at least 1",
  );
});

test("a value the provider would take for absent is refused", () => {
  const spec = { ...cronJob.spec, startingDeadlineSeconds: 0 };
  expect(() => synthesize((stack) => void createResource(stack, "x", { ...cronJob, spec }, {}))).toThrow(
    "batch/v1/CronJob/thing.spec.startingDeadlineSeconds: got 0, which the Terraform provider drops",
  );
});

test("a field that is not converted does not compile", () => {
  const root = resolve(__dirname, "../../..");
  const file = resolve(root, "__tests__/constructs/terraform/virtual.ts");
  const source = (fields: string) => `
    import { nothingLeft } from "../../../constructs/terraform/convert/total";
    interface Thing { readonly a: number; readonly b?: string }
    export function convert(thing: Thing) { const { ${fields}, ...rest } = thing; nothingLeft(rest, "thing"); }
  `;
  expect(compile(file, source("a, b"))).toEqual([]);
  const [missing] = compile(file, source("a"));
  expect(missing).toContain("is not assignable to parameter of type 'Record<string, never>'");
});

function compile(file: string, source: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    lib: ["lib.es2023.d.ts"],
  };
  const host = ts.createCompilerHost(options);
  const disk = ts.createCompilerHost(options);
  host.fileExists = (name) => name === file || disk.fileExists(name);
  host.readFile = (name) => (name === file ? source : disk.readFile(name));
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, source, version) : disk.getSourceFile(name, version);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
