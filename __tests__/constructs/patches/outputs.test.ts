import { parse } from "yaml";
import { google } from "../../../constructs/clouds/google";
import { local } from "../../../constructs/clouds/local";
import { modelJson } from "../../../constructs/model-json/model-json";
import { MODEL_SCHEMA } from "../../../constructs/model-json/schema";
import { loadEnvironments } from "../../../constructs/model/load";
import { objectPatch, resourcePatch } from "../../../constructs/model/patch";
import { composeParity } from "../../../constructs/outputs/parity/compose";
import { mistakes, report } from "../../../constructs/outputs/parity/part";
import { movesOf } from "../../../constructs/portability/moves";
import { checkAdditions } from "../../../constructs/rendering/check-additions";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { applicationChart } from "../../support/outputs";
import { patched, refusals, shop } from "./support";

const reason = "a resolver of the data centre is asked";

const dns = (nameserver: string) =>
  objectPatch({
    reason,
    of: "web",
    kind: "Deployment",
    add: {
      "spec.template.spec.dnsConfig": { nameservers: [nameserver] },
      "spec.template.spec.containers[web].stdin": false,
      'metadata.annotations["example.com/<team>"]': "{{ shop }}",
    },
    replace: { "spec.minReadySeconds": nameserver.length },
    remove: ["spec.template.spec.containers[web].livenessProbe"],
  });

const monitoring = resourcePatch({ reason, of: "db", type: "aws_db_instance", add: { iops: 3000 } });

const chart = (...specs: readonly ReturnType<typeof patched>[]) =>
  applicationChart({ application: "shop", environments: specs.flatMap((spec) => loadEnvironments([spec])) });

test("the chart has what is patched everywhere alike in its templates, and nothing of it in its values", () => {
  const [plain, both] = [undefined, { dns: dns("10.0.0.10") }].map((patches) =>
    chart(patched(patches), patched(patches, { name: "other", cloud: local() })),
  );
  expect(both?.["templates/deployment.yaml"]).toContain("10.0.0.10");
  expect(both?.["templates/deployment.yaml"]).not.toContain("livenessProbe");
  expect(both?.["values.yaml"]).toBe(plain?.["values.yaml"]);
  expect(both?.["values.schema.json"]).toBe(plain?.["values.schema.json"]);
});

test("what one environment has alone, or otherwise, is a value of it", () => {
  const files = chart(
    patched({ dns: dns("10.0.0.10") }),
    patched({ "dns-there": dns("10.0.0.2") }, { name: "other", cloud: local() }),
    patched(undefined, { name: "third", cloud: google(GOOGLE_PROPS) }),
  );
  const values = parse(files["values-staging.yaml"] ?? "") as { workloads: { web: { patches: unknown } } };
  expect(values.workloads.web.patches).toEqual({
    "Deployment shop-web": {
      "spec.template.spec.dnsConfig": { nameservers: ["10.0.0.10"] },
      "spec.template.spec.containers[web].stdin": false,
      "spec.minReadySeconds": 9,
    },
  });
});

test("model.json has each patch by its name, and no field where there are none", () => {
  const json = (patches: Parameters<typeof patched>[0]) => {
    const input = patched(patches);
    const text = modelJson(loadEnvironments([input]).map((environment) => ({ input, environment, stacks: [] })));
    return MODEL_SCHEMA.parse(JSON.parse(text)).environments.staging?.applications.shop;
  };
  expect(json({ monitoring })?.patches).toEqual({
    monitoring: { reason, on: "resource", of: "db", type: "aws_db_instance", add: { iops: 3000 } },
  });
  expect(json(undefined)).not.toHaveProperty("patches");
});

test("the comparison with Compose names each patch with its reason, and no mistake", () => {
  const compose = patched(undefined, { name: "local", cloud: local() });
  const [here] = renderEnvironments(loadEnvironments([compose]));
  if (here === undefined) throw new Error("no environment");
  const environments = renderEnvironments(loadEnvironments([patched({ dns: dns("10.0.0.10"), monitoring })]));
  const parity = composeParity({ options: { application: shop.name }, local: here, environments });
  expect(mistakes(parity)).toEqual([]);
  expect(report(parity)).toContain(`  patch dns: ${reason}\n`);
  expect(report(parity)).toContain(`  patch monitoring: ${reason}\n`);
});

test("on another cloud a patch of a resource is told as refused", () => {
  const there = patched(undefined, { name: "gke", cloud: google(GOOGLE_PROPS) });
  const [move] = movesOf(patched({ monitoring }), [there]);
  expect(move?.refused).toEqual([
    'environments.staging.applications.shop.patches.monitoring.type: got "aws_db_instance", Google Cloud has no such resources; use a type that begins with google_, or take the patch out here',
  ]);
});

test("patches of all environments are tried at once", () => {
  const gone = objectPatch({ reason, of: "web", kind: "Deployment", remove: ["spec.template.spec.dnsConfig"] });
  const environments = loadEnvironments([patched({ gone }), patched({ gone }, { name: "other", cloud: local() })]);
  expect(
    refusals(() => {
      checkAdditions(environments);
    }),
  ).toEqual(
    ["staging", "other"].map(
      (name) =>
        `environments.${name}.applications.shop.patches.gone.remove["spec.template.spec.dnsConfig"]: is not there; correct the path, or take the patch out`,
    ),
  );
});
