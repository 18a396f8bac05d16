import { AWS_MADE } from "../../../constructs/clouds/aws/pipelines/types";
import { AWS_MAKES, SERVICE_ROLES } from "../../../constructs/clouds/aws/preflight/actions";
import { familyOf } from "../../../constructs/clouds/azure/preflight/quotas";
import { namespacesOf } from "../../../constructs/clouds/azure/preflight/services";
import { AZURE_PROVISIONERS } from "../../../constructs/clouds/azure/services/provisioners";
import { environmentApis } from "../../../constructs/clouds/google/apis";
import { cpuMetric, GOOGLE_APIS } from "../../../constructs/clouds/google/preflight/apis";
import { kindResources } from "../../../constructs/clouds/shared/services";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { postgresql } from "../../../constructs/kinds/postgresql";
import { loadEnvironments } from "../../../constructs/model/load";
import { factOf } from "../../../constructs/teardown/facts/types";
import { blocksIn, type Resource, resourcesIn } from "../../../constructs/teardown/stack";
import { environments } from "../../../environments";
import { INPUTS } from "../../fuzz/support/inputs";
import { build } from "../../fuzz/support/tree";
import { everyChecklist } from "../../support/preflight/checklists";
import { synthesizeEnvironments, synthesizeReference } from "../../support/reference";

/* Every type that a stack here may have is known: which API, resource provider or action makes it, and whether its name is asked for. */

/** What the kinds say of their own types that the inputs have beside those of this program. */
const BROUGHT = kindResources(AZURE_PROVISIONERS, [postgresql()]);

const stacks = [
  synthesizeReference().stacks,
  ...Object.values(INPUTS).map((input) => synthesizeEnvironments(build(input) as EnvironmentSpec[]).stacks),
].flatMap((all) => Object.entries(all));

const made: Resource[] = stacks.flatMap(([name, written]) =>
  resourcesIn({ name, written, part: "application", elements: {} }),
);

const typesOf = (prefix: string): string[] =>
  [...new Set(made.map(({ type }) => type).filter((type) => type.startsWith(prefix)))].sort();

const read = (prefix: string): string[] => {
  const types = stacks.flatMap(([, written]) => blocksIn(written, "data").map(({ type }) => type));
  return [...new Set(types.filter((type) => type.startsWith(prefix)))].sort();
};

describe("every type that a stack makes", () => {
  test("on AWS has the action that makes it, of the service that its rights are of", () => {
    expect(typesOf("aws_").length).toBeGreaterThan(60);
    expect(typesOf("aws_").filter((type) => !(type in AWS_MAKES))).toEqual([]);
    expect(Object.keys(AWS_MAKES).sort()).toEqual(Object.keys(AWS_MADE).sort());
    for (const [type, action] of Object.entries(AWS_MAKES)) {
      expect(`${type}: ${action}`).toMatch(new RegExp(`^${type}: ${AWS_MADE[type] ?? "?"}:[A-Z][A-Za-z]+$`));
    }
    for (const type of Object.keys(SERVICE_ROLES)) expect(type in AWS_MADE).toBe(true);
  });

  test("on Google Cloud has its API, and so has what is read", () => {
    expect(typesOf("google_").length).toBeGreaterThan(30);
    expect([...typesOf("google_"), ...read("google_")].filter((type) => !(type in GOOGLE_APIS))).toEqual([]);
  });

  test("on Azure has its resource providers", () => {
    expect(typesOf("azurerm_").length).toBeGreaterThan(30);
    expect(typesOf("azurerm_").filter((type) => namespacesOf(type, BROUGHT) === undefined)).toEqual([]);
    for (const type of typesOf("azurerm_"))
      expect(namespacesOf(type, BROUGHT)?.join()).toMatch(/^Microsoft\.[A-Za-z]+$/);
  });

  test("a type that no stack here has is not known", () => {
    expect(AWS_MAKES.aws_redshift_cluster).toBeUndefined();
    expect(GOOGLE_APIS.google_spanner_instance).toBeUndefined();
    expect(namespacesOf("azurerm_cosmosdb_account")).toBeUndefined();
  });
});

test("APIs of Google's that a stack switches on are those of its types, and a few that clusters use by themselves", () => {
  const [gke] = loadEnvironments(environments.filter(({ name }) => name === "gke-staging"));
  const byTypes = new Set(Object.values(GOOGLE_APIS));
  const others = gke === undefined ? [] : environmentApis(gke).filter((api) => !byTypes.has(api));
  expect(others).toEqual(["iamcredentials"]);
});

/** Types whose names stay taken, or may be somebody else's, and why no check asks for them. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  aws_sqs_queue: "taken for a minute",
  azurerm_key_vault_key: "as its vault",
  azurerm_key_vault_secret: "as its vault",
  azurerm_log_analytics_workspace: "made again, it has its logs again",
  azurerm_mysql_flexible_server: "no command that only reads tells: the list says so",
  google_logging_project_bucket_config: "its name is drawn",
  google_project_iam_custom_role: "its name is drawn",
};

test("names that a teardown says are taken are asked for, or it is said why not", () => {
  const types = new Set(made.filter((one) => factOf(one.type)?.taken?.(one) !== undefined).map(({ type }) => type));
  const asked = new Set(
    everyChecklist().flatMap(([, { checks }]) =>
      checks
        .filter(({ kind }) => kind === "names")
        .flatMap(({ needs }) => needs.map(({ at = "" }) => /: (\w+)\./.exec(at)?.[1] ?? "")),
    ),
  );
  const open = [...types].filter((type) => !asked.has(type)).sort();
  expect(open).toEqual(
    Object.keys(NOT_ASKED)
      .filter((type) => types.has(type))
      .sort(),
  );
});

test("families and series of machines, as the clouds' lists of usages call them", () => {
  expect(familyOf("Standard_D2s_v5")).toBe("standarddsv5family");
  expect(familyOf("Standard_D4ads_v5")).toBe("standarddadsv5family");
  expect(familyOf("Standard_F8s_v2")).toBe("standardfsv2family");
  expect(familyOf("Standard_DS2")).toBeUndefined();
  expect(["e2-standard-2", "n2-highmem-4", "c3-standard-8", "n1-standard-1"].map(cpuMetric)).toEqual([
    "CPUS",
    "N2_CPUS",
    "C3_CPUS",
    "CPUS",
  ]);
});
