import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { existingAws } from "../../constructs/clouds/aws";
import { AWS_MADE, AWS_READ, AWS_READS } from "../../constructs/clouds/aws/pipelines/types";
import { AZURE_APPLICATION, AZURE_AROUND, AZURE_DATA } from "../../constructs/clouds/azure/pipelines/operations";
import { AZURE_PROVISIONERS } from "../../constructs/clouds/azure/services/provisioners";
import { GOOGLE_APPLICATION, GOOGLE_AROUND } from "../../constructs/clouds/google/pipelines/roles";
import { postgresql } from "../../constructs/kinds/postgresql";
import { stack, synthesizeReference } from "../support/reference";

/* Tables of rights, of which `docs/operations/rights.md` is made, against all that stacks make and read. */

const ROOT = join(__dirname, "..", "..");

interface Types {
  readonly made: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
}

/** Types of a provider whose bindings are imported somewhere: those of options that no shipped stack has, too. */
function imported(provider: string): Types {
  const folder = join(ROOT, "constructs");
  const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  const names = texts.flatMap((text) =>
    [...text.matchAll(new RegExp(`@cdktf/provider-${provider}/lib/([a-z0-9-]+)"`, "g"))].map(([, name = ""]) => name),
  );
  const type = (name: string): string => `${provider}_${name.replaceAll("-", "_")}`;
  return {
    made: new Set(names.filter((name) => name !== "provider" && !name.startsWith("data-")).map(type)),
    read: new Set(
      names.filter((name) => name.startsWith("data-")).map((name) => type(name.replace(`data-${provider}-`, ""))),
    ),
  };
}

/** Types of a provider in the shipped stacks, that of the state left out, which people apply. */
function shipped(provider: string): Types {
  const stacks = Object.entries(synthesizeReference().stacks)
    .filter(([name]) => !name.startsWith("state-"))
    .map(([, json]) => json);
  const of = (blocks: readonly object[]): ReadonlySet<string> =>
    new Set(blocks.flatMap(Object.keys).filter((type) => type.startsWith(`${provider}_`)));
  return {
    made: of(stacks.map(({ resource }) => resource)),
    read: of(stacks.flatMap(({ data = {}, ephemeral = {} }) => [data, ephemeral])),
  };
}

/** Types that kinds of services bring, with rights of their own: an environment has them where an application has the kind. */
const BROUGHT = AZURE_PROVISIONERS.all([postgresql()]).map(({ facts }) => facts?.resources ?? {});

const missing = (types: ReadonlySet<string>, ...tables: readonly object[]): readonly string[] =>
  [...types].filter((type) => !tables.some((table) => type in table)).sort();

/** Who pipelines are is made by people: an apply has no right to it, and no table. */
describe.each([
  ["imported", imported],
  ["in the shipped stacks", shipped],
] as const)("every type that is %s has its rights", (_, of) => {
  test("on AWS", () => {
    expect(of("aws").made.size).toBeGreaterThan(50);
    expect(missing(of("aws").made, AWS_MADE)).toEqual([]);
    expect(missing(of("aws").read, AWS_READ)).toEqual([]);
  });

  test("on Google Cloud", () => {
    const { made, read } = of("google");
    expect(made.size).toBeGreaterThan(25);
    expect(missing(new Set([...made, ...read]), GOOGLE_APPLICATION, GOOGLE_AROUND)).toEqual([]);
  });

  test("on Azure", () => {
    const { made, read } = of("azurerm");
    expect(made.size).toBeGreaterThan(25);
    expect(missing(new Set([...made, ...read]), AZURE_APPLICATION, AZURE_AROUND, AZURE_DATA, ...BROUGHT)).toEqual([]);
  });
});

test("tables have nothing that no stack needs any more", () => {
  const unused = (provider: string, ...tables: readonly object[]): readonly string[] => {
    const { made, read } = imported(provider);
    return tables.flatMap(Object.keys).filter((type) => !made.has(type) && !read.has(type));
  };
  expect(unused("aws", AWS_MADE, AWS_READ)).toEqual([]);
  expect(unused("google", GOOGLE_APPLICATION, GOOGLE_AROUND)).toEqual([]);
  expect(unused("azurerm", AZURE_APPLICATION, AZURE_AROUND, AZURE_DATA)).toEqual([]);
});

test("every service of AWS that something is made or read of is read by a plan: by its words, or by name", () => {
  const byName = ["s3", "secretsmanager", "ssm"];
  const services = new Set([...Object.values(AWS_MADE), ...Object.values(AWS_READ)]);
  expect([...services].filter((service) => !(service in AWS_READS) && !byName.includes(service))).toEqual([]);
  expect(Object.keys(AWS_READS).filter((service) => !services.has(service))).toEqual([]);
});

/** Types of an application's stack alone. */
const application = (name: string, provider: string): readonly string[] => {
  const { resource, data = {}, ephemeral = {} } = stack(synthesizeReference(), name);
  return [...new Set([resource, data, ephemeral].flatMap(Object.keys))].filter((type) => type.startsWith(provider));
};

test("what an application's stack has is in the tables of applications", () => {
  expect(application("gke-staging", "google_").filter((type) => !(type in GOOGLE_APPLICATION))).toEqual([]);
  expect(
    application("aks-staging", "azurerm_").filter(
      // Its own stack reads the cluster, which every role may by `*/read`.
      (type) => !(type in AZURE_APPLICATION) && !(type in AZURE_DATA) && type !== "azurerm_kubernetes_cluster",
    ),
  ).toEqual([]);
});

test("a boundary of another account is refused, as no role could have it", () => {
  const boundary = { permissionsBoundary: "arn:aws:iam::999999999999:policy/team" };
  const given = {
    region: "eu-central-1",
    accountId: "123456789012",
    dataCidrs: ["10.10.144.0/22"],
    stateBucket: "billing-state",
  } as const;
  expect(existingAws({ ...given, ...boundary }).problems(["cloud"])).toMatchObject([
    { path: ["cloud", "permissionsBoundary"], got: boundary.permissionsBoundary },
  ]);
  expect(
    existingAws({ ...given, permissionsBoundary: "arn:aws:iam::123456789012:policy/x" }).problems(["cloud"]),
  ).toEqual([]);
});
