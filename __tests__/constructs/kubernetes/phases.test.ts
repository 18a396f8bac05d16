import { authority } from "../../../constructs/in-cluster/certificates";
import { toJson } from "../../../constructs/kubernetes/json";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { inPhase, inPhaseByDefault, phaseOf, PHASES } from "../../../constructs/kubernetes/phases";
import { gatewayForm, mysqlForm, rabbitmqForm } from "../../support/in-cluster";
import { facts, resolvedApplication } from "../../support/resolved";

const phases = (objects: readonly KubernetesObject[]): string[] =>
  objects.map((object) => `${object.kind} ${phaseOf(object)}`);

test("a server's objects say when each has its turn", () => {
  expect(phases(mysqlForm().objects(facts))).toEqual([
    "ServiceAccount rules",
    "ConfigMap rules",
    "NetworkPolicy rules",
    "Certificate ground",
    "ExternalSecret rules",
    "Service ground",
    "PersistentVolumeClaim ground",
    "StatefulSet data",
  ]);
  expect(phases(rabbitmqForm().objects(facts))).toContain("RabbitmqCluster data");
});

test("of one kind some come earlier than others, by what they are for", () => {
  expect(phases(authority(resolvedApplication()))).toEqual(["Issuer root", "Certificate authority", "Issuer issuer"]);
  expect(phases(gatewayForm().objects(facts))).toContain("Deployment data");
});

test("what was made without a phase has the one of whom it is for, and what says one keeps it", () => {
  const [deployment] = gatewayForm()
    .objects(facts)
    .filter(({ kind }) => kind === "Deployment");
  if (deployment === undefined) throw new Error("no Deployment");
  const plain = JSON.parse(JSON.stringify(deployment)) as KubernetesObject;
  expect(phaseOf(plain)).toBe("workloads");
  expect(phaseOf(inPhaseByDefault("data", plain))).toBe("data");
  expect(phaseOf(inPhaseByDefault("users", deployment))).toBe("data");
});

test("a phase goes wherever the object goes, and into no text", () => {
  const [object] = mysqlForm().objects(facts);
  if (object === undefined) throw new Error("no object");
  const later = { ...inPhase("cleanup", object), metadata: { ...object.metadata, name: "other" } };
  expect(phaseOf(later)).toBe("cleanup");
  expect(phaseOf(object)).toBe("rules");
  expect(JSON.stringify(later)).not.toContain("cleanup");
  expect(toJson(inPhase("cleanup", object))).toEqual(toJson(object));
});

test("labels decide nothing", () => {
  const [, , , , login] = mysqlForm().objects(facts);
  if (login === undefined) throw new Error("no login");
  expect(phaseOf({ ...login, metadata: { ...login.metadata, labels: {} } })).toBe("rules");
});

test("every phase is named once", () => {
  expect(new Set(PHASES).size).toBe(PHASES.length);
});
