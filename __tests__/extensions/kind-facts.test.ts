import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { z } from "zod";
import {
  aws,
  type AwsProvisioner,
  type AwsResourceFacts,
  createAlarms,
  serviceName,
} from "../../constructs/clouds/aws";
import {
  application,
  environment,
  type EnvironmentSpec,
  http,
  ingress,
  InvalidInput,
  loadEnvironments,
  prometheus,
} from "../../constructs/goldenpath";
import { renderEnvironments, runbooks } from "../../constructs/outputs/outputs";
import { type CloudFailureFacts, defineService, type ServiceOf } from "../../constructs/services";
import { dataNow } from "../../stacks/data-list";
import { rehearsalOf } from "../../stacks/rehearse";
import { reportBetween, synthesisOf } from "../constructs/report/support/syntheses";
import { AWS_PROPS } from "../support/aws-environment";
import { checklistOf } from "../support/preflight/checklists";

/*
 * A kind of another program that is made of a type of resource which this program does not have: what its provisioner says of the type is
 * what reports, rehearsals, checklists and rights say, and where it says nothing they say that nobody knows.
 */

type Table = ServiceOf<"table", { readonly key: string }>;

const FACTS: AwsResourceFacts = {
  service: "dynamodb",
  makes: "dynamodb:CreateTable",
  lost: { holds: "its items", serves: "whoever reads or writes it" },
  destroyed: {
    refusedBy: [{ argument: "deletion_protection_enabled", by: "DynamoDB" }],
    leaves: [
      {
        what: "backups of {name}",
        says: "for 35 days",
        billed: false,
        source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html",
        where: { argument: "point_in_time_recovery.enabled", is: true },
      },
    ],
  },
  changes: { anew: ["name", "hash_key"], inPlace: ["deletion_protection_enabled", "read_capacity"] },
  restarts: [
    {
      fields: ["table_class"],
      says: "requests are slower for a while",
      source: "https://docs.aws.amazon.com/amazondynamodb/",
    },
  ],
};

const NOT_HERE = { notHere: "AWS alone sells DynamoDB" };

const THROTTLED = "TableThrottled";

const tableOnAws = (resources?: Readonly<Record<string, AwsResourceFacts>>): AwsProvisioner<Table> => {
  const told = {
    [THROTTLED]: {
      when: "DynamoDB has turned requests away for five minutes",
      source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html",
      read: "2026-11-30",
      watches: [
        {
          namespace: "AWS/DynamoDB",
          metrics: { throttled: { name: "ThrottledRequests", stat: "Sum" as const } },
          is: ">" as const,
          threshold: 0,
          minutes: 5,
          missing: "notBreaching" as const,
        },
      ],
    },
  };
  return {
    ...(resources !== undefined && { facts: { resources } }),
    alarms: () => told,
    operations: ({ name }) => ({
      failure: (failure) =>
        failure === THROTTLED
          ? { look: [{ say: `What asks \`${name}\`.` }], mend: [{ say: "Ask it less, or give it more." }] }
          : undefined,
    }),
    describe: (request) => ({
      placement: "managed",
      product: "Amazon DynamoDB",
      version: undefined,
      port: 443,
      tls: "system",
      signIn: "identity",
      optionalParts: [],
      compute: undefined,
      disk: undefined,
      backups: undefined,
      passwords: undefined,
      name: serviceName(request, { max: 255 }),
      inState: [],
      notes: [],
    }),
    provide: (request) => {
      const { scope, service, lookup, protect, tags } = request;
      const made = new DynamodbTable(scope, "Default", {
        name: serviceName(request, { max: 255 }),
        hashKey: service.spec.key,
        attribute: [{ name: service.spec.key, type: "S" }],
        billingMode: "PAY_PER_REQUEST",
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: protect,
        tags,
      });
      createAlarms(request, told, { dimensions: { TableName: made.name }, arn: made.arn });
      return {
        connection: () => ({
          parts: { table: { value: made.name } },
          tls: true,
          endpoints: [{ cidrs: ["0.0.0.0/0"], hosts: [`dynamodb.${lookup.region}.amazonaws.com`], port: 443 }],
        }),
        grants: [{ Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: made.arn }],
      };
    },
  };
};

const table = (
  resources?: Readonly<Record<string, AwsResourceFacts>>,
  failures: Readonly<Record<string, CloudFailureFacts>> = {
    [THROTTLED]: { severity: "critical", is: "turns requests away", impact: "Whoever asks it gets errors." },
  },
) =>
  defineService<"table", { readonly key: string }>({
    kind: "table",
    contract: {
      defaultPort: 443,
      parts: { table: { secret: false } },
      variables: { TABLE_NAME: { template: [{ part: "table", raw: true }] } },
    },
    fields: { key: z.string() },
    defaults: { key: "id" },
    sizes: { managed: [], "in-cluster": [] },
    moving: (name) => ({ out: `export ${name}`, back: "import what was exported" }),
    failures,
    provisioners: {
      ...{ google: NOT_HERE, azure: NOT_HERE, "in-cluster": NOT_HERE, compose: NOT_HERE },
      aws: tableOnAws(resources),
    },
  });

const known = table({ aws_dynamodb_table: FACTS });
const unknown = table();

const staging = (
  services: Parameters<typeof application>[0]["services"],
  more: Partial<EnvironmentSpec> = {},
): EnvironmentSpec =>
  environment({
    name: "staging",
    cloud: aws({ ...AWS_PROPS, permissionsBoundary: "arn:aws:iam::123456789012:policy/bound" }),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    applications: [
      {
        application: application({
          name: "shop",
          owner: "team-shop",
          services,
          workloads: { api: http({ image: "registry.example.com/api:v1", needs: Object.keys(services ?? {}) }) },
        }),
      },
    ],
    ...more,
  });

const says = (base: EnvironmentSpec, head: EnvironmentSpec): string =>
  reportBetween(synthesisOf([base]), synthesisOf([head]))
    .risks.map((risk) => `${risk.level}: ${risk.says}`)
    .join("\n");

describe("of a type that its kind speaks of", () => {
  const spec = staging({ items: known() });

  test("a report tells what is lost, which arguments make another one, and what changes in place", () => {
    expect(says(spec, staging({}))).toMatch(/critical: .*lost with it: its items/);
    expect(says(spec, staging({ items: known({ key: "name" }) }))).toMatch(/critical: .*replaced.*its items/);
    expect(says(staging({ items: known() }, { protect: true }), spec)).not.toMatch(/lost with it: its items/);
  });

  test("a rehearsal tells who refuses, and what is left where that is switched on", () => {
    const free = rehearsalOf([spec], "staging");
    expect(free.unknown.join("\n")).not.toContain("dynamodb");
    expect(free.remains).toContainEqual(expect.objectContaining({ what: "backups of staging-shop-items" }));
    expect(free.stops.filter(({ by }) => by.includes("DynamoDB"))).toEqual([]);
    const protectedOne = rehearsalOf([staging({ items: known() }, { protect: true })], "staging");
    expect(protectedOne.stops.map(({ by }) => by)).toContain("DynamoDB refuses it (deletion_protection_enabled)");
  });

  test("the list of what holds data has it, by the name of its service", () => {
    expect(Object.values(dataNow([spec]).list["staging"]?.addresses ?? {})).toContain("items");
    expect(Object.values(dataNow([staging({ items: unknown() })]).list["staging"]?.addresses ?? {})).not.toContain(
      "items",
    );
  });

  test("the checklist asks whether who deploys may make it", () => {
    const { checks } = checklistOf(spec);
    expect(JSON.stringify(checks.map(({ ask }) => ask))).toContain("dynamodb:CreateTable");
    expect(JSON.stringify(checklistOf(staging({})).checks)).not.toContain("dynamodb");
  });
});

describe("of a type that nobody speaks of", () => {
  const spec = staging({ items: unknown() });

  test("a report and a rehearsal say that they do not know it", () => {
    expect(says(spec, staging({}))).toContain("nothing is known here of its type aws_dynamodb_table");
    expect(rehearsalOf([spec], "staging").unknown.join("\n")).toContain("aws_dynamodb_table is not known here");
  });

  test("model.json says nothing of it", () => {
    expect(synthesisOf([spec]).model.environments?.["staging"]).not.toHaveProperty("resourceTypes");
  });
});

describe("the rights of pipelines", () => {
  const documentOf = (spec: EnvironmentSpec, file: string): string => {
    const [loaded] = loadEnvironments([spec]);
    if (loaded === undefined) throw new Error("no environment");
    const pipeline = loaded.cloud.pipeline(loaded);
    if (!("rights" in pipeline) || pipeline.rights === undefined) throw new Error("no pipeline");
    const { documents } = pipeline.rights({
      ...{ identities: ["plan", "apply"], repository: { owner: "acme", ownerId: 1, name: "shop", id: 2 } },
      ...{ branch: "main", branches: ["main"], stacks: ["staging"], stateStack: "state-staging" },
      previewFolder: "previews",
    });
    return JSON.stringify(documents[file]);
  };

  test("have the service of a type that its kind speaks of: whole for an apply, and to read for a plan", () => {
    const spec = staging({ items: known() });
    expect(documentOf(spec, "apply.policy.json")).toContain('"dynamodb:*"');
    expect(documentOf(spec, "plan.policy.json")).toContain('"dynamodb:Describe*","dynamodb:List*"');
    expect(documentOf(spec, "plan.policy.json")).not.toContain('"dynamodb:*"');
  });

  test("have nothing of it elsewhere, nor of a type that nobody speaks of", () => {
    for (const spec of [staging({}), staging({ items: unknown() })]) {
      expect(documentOf(spec, "apply.policy.json")).not.toContain("dynamodb");
      expect(documentOf(spec, "plan.policy.json")).not.toContain("dynamodb");
    }
  });
});

describe("a failure that the kind names", () => {
  const measured = staging(
    { items: known() },
    { observability: prometheus({ runbooks: "https://git.example.com/runbooks/", slack: { channel: "#shop" } }) },
  );

  test("is an alarm of the cloud, with a page of its own", () => {
    const text = JSON.stringify([...(synthesisOf([measured]).stacks["staging"]?.resources.values() ?? [])]);
    expect(text).toContain("items of shop in staging turns requests away");
    expect(text).toContain("https://git.example.com/runbooks/staging/shop/TableThrottled.md");
    const files = runbooks.render(renderEnvironments(loadEnvironments([measured])), {});
    const page = Object.entries(files).find(([file]) => file.endsWith("TableThrottled.md"))?.[1] ?? "";
    expect(page).toContain("Whoever asks it gets errors.");
    expect(page).toContain("Ask it less, or give it more.");
    expect(page).toContain("Severity `critical`");
  });

  const problemsOf = (failures: Readonly<Record<string, CloudFailureFacts>>): string[] => {
    try {
      loadEnvironments([staging({ items: table(undefined, failures)() })]);
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) return error.message.split("\n");
      throw error;
    }
  };

  test("has no name that this program has, and one that is fit for a page", () => {
    const facts: CloudFailureFacts = { severity: "warning", is: "is slow", impact: "Everybody waits." };
    expect(problemsOf({ DatabaseInterrupted: facts, "not a name": facts })).toEqual([
      'applications.shop.services.items: got "DatabaseInterrupted", goldenpath has a failure of this name; give it another name, or leave it out of failures',
      'applications.shop.services.items: got "not a name", no name of a failure; use up to 60 letters and digits, a capital first: QueueStuck',
    ]);
  });

  test("that has an alarm and is not named is a mistake of the kind", () => {
    const spec = staging(
      { items: table(undefined, {})() },
      { observability: prometheus({ runbooks: "https://git.example.com/runbooks/", slack: { channel: "#shop" } }) },
    );
    expect(() => synthesisOf([spec])).toThrow(
      "services.items.alarms.TableThrottled: no failure of the kind; name it in failures of the kind",
    );
  });
});
