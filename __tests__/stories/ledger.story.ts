import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import type { EnvironmentSpec } from "../../constructs/environment";
import { bucketsOf } from "../../constructs/ledger/entries";
import { application, type ApplicationSpec } from "../../constructs/model/application";
import { http, type Workload } from "../../constructs/model/workload";
import { bucket } from "../../constructs/services/bucket";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { myApp } from "../../environments/my-app";
import { production as shipped } from "../../environments/production";
import { AWS_PROPS } from "../support/aws-environment";
import { AZURE_PROPS } from "../support/azure-environment";
import { GOOGLE_PROPS } from "../support/google-environment";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * What becomes of data when the model is edited: nothing is deleted that nobody named, and what may go is said by the
 * words in the environment's file alone.
 */

/** Each with another place that it could have been given. */
const CLOUDS: readonly (readonly [name: string, here: Cloud, there: Cloud])[] = [
  ["aws", aws(AWS_PROPS), aws({ ...AWS_PROPS, region: "eu-west-1" })],
  ["google", google(GOOGLE_PROPS), google({ ...GOOGLE_PROPS, region: "europe-west1" })],
  ["azure", azure(AZURE_PROPS), azure({ ...AZURE_PROPS, location: "westeurope" })],
];

/** Names of services of the billing application in production that come to one bucket. */
function sharingABucket(): readonly [string, string] {
  const seen = new Map<string, string>();
  for (let number = 0; ; number += 1) {
    const name = `files-${number}`;
    const [key = ""] = Object.keys(
      bucketsOf("aws/222222222222/eu-central-1/production/billing-prod", [{ state: "kept", name, kind: "bucket" }]),
    );
    const before = seen.get(key);
    if (before !== undefined) return [before, name];
    seen.set(key, name);
  }
}

type ApplicationOverlay = EnvironmentSpec["applications"][number];

const placed = (spec: ApplicationSpec = myApp, more: Partial<ApplicationOverlay> = {}): ApplicationOverlay => ({
  application: spec,
  hosts: { api: "api.example.com", web: "example.com" },
  ...more,
});

const billing = application({
  name: "billing",
  owner: "team-billing",
  workloads: { api: http({ image: "registry.example.com/billing:v1", replicas: 2 }) },
});

const omit = (record: object, ...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** The application with a service that none of its workloads needs. */
const idle = (service: string, spec: ApplicationSpec = myApp): ApplicationSpec => ({
  ...spec,
  workloads: mapNeeds(spec, (needs) => needs.filter((need) => need !== service)),
});

/** The application without one of its services. */
const without = (service: string, spec: ApplicationSpec = myApp): ApplicationSpec => ({
  ...idle(service, spec),
  services: omit(spec.services ?? {}, service),
});

function renamed(service: string, to: string): ApplicationSpec {
  const spec = without(service);
  return { ...spec, services: { ...spec.services, [to]: rabbitmq() } };
}

function withoutVolumes(spec: ApplicationSpec = myApp): ApplicationSpec {
  const entries = Object.entries(spec.workloads).map(([name, workload]) => [name, omit(workload, "volumes")]);
  return { ...spec, workloads: Object.fromEntries(entries) as ApplicationSpec["workloads"] };
}

function mapNeeds(spec: ApplicationSpec, change: (needs: NonNullable<Workload["needs"]>) => Workload["needs"]) {
  const entries = Object.entries(spec.workloads).map(([name, workload]) => [
    name,
    { ...workload, needs: change(workload.needs ?? []) },
  ]);
  return Object.fromEntries(entries) as ApplicationSpec["workloads"];
}

// All three share one ledger: CI lives through it on the first.
const TRIED = process.env.STORIES_ON_ONE_CLOUD === undefined ? CLOUDS : CLOUDS.slice(0, 1);

describe.each(TRIED)("an application in production on %s", (_name, here, there) => {
  const run = story();
  const environment = (more: Partial<EnvironmentSpec> = {}): EnvironmentSpec => ({
    ...shipped,
    defaultApplication: undefined,
    cloud: here,
    applications: [placed()],
    ...more,
  });
  const write = (more: Partial<EnvironmentSpec> = {}): Promise<void> =>
    run.write(stackOf(shipped.name, environment(more)));
  const present = (): string[] => [...run.resources().keys()].sort();
  const those = (part: string): string[] => present().filter((address) => address.includes(part));

  /** A plan of it stops, says this, and everything is still there. */
  async function refused(more: Partial<EnvironmentSpec>, ...said: readonly RegExp[]): Promise<void> {
    const before = present();
    await write(more);
    const { ok, problems } = await run.apply();
    for (const text of said) expect(problems.join("\n")).toMatch(text);
    expect({ ok, resources: present() }).toEqual({ ok: false, resources: before });
  }

  async function deployed(more: Partial<EnvironmentSpec> = {}) {
    await write(more);
    const { problems, events } = await run.apply();
    expect(problems).toEqual([]);
    return events;
  }

  const deletions = (events: Awaited<ReturnType<typeof deployed>>): string[] =>
    events.filter(({ action }) => action === "delete").map(({ address }) => address);

  test("has nothing to change once it is deployed", async () => {
    await deployed();
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
    expect(those("_events_").length).toBeGreaterThan(3);
  });

  test("keeps a service that is gone from the model, and says what to do in which order", async () => {
    await refused(
      { applications: [placed(without("events"))] },
      /environments\.production\.applications\.my-app: "events" \(rabbitmq\): holds data of a protected environment/,
      /1\. copy what is still needed\. events: let the consumers go on/,
      /2\. put it back into the application, a service out of all needs, say drops: \["events"\]/,
      /terraform_data\.Kept\["\w+\/.+\/my-app-prod\/events"\]/,
    );
  });

  test("keeps a service that got another name", async () => {
    await refused({ applications: [placed(renamed("events", "broker"))] }, /"events" \(rabbitmq\): holds data/);
  });

  test("keeps a volume that is gone, with its workload or without", async () => {
    await refused({ applications: [placed(withoutVolumes())] }, /"backend\/uploads" \(volume\): holds data/);
  });

  test("keeps a service that is named in drops but was never deployed with it", async () => {
    await refused(
      { applications: [placed(without("events"), { drops: ["events"] })] },
      /drops: "events" \(rabbitmq\): is out of the application already, but was never deployed with the word in drops/,
    );
  });

  test("keeps everything where the application has another name", async () => {
    await refused(
      { applications: [placed({ ...myApp, name: "my-shop" })] },
      /applications\.my-shop: got the stack "production", but its state is that of "my-app" in environment "production"/,
    );
  });

  test("keeps everything where its namespace or its place is another one", async () => {
    await refused(
      { namespaceSuffix: "live" },
      /"events" \(rabbitmq\).*was applied as protected at .*my-app-prod, and/s,
    );
    await refused({ cloud: there }, /"orders-db" \(mysql\).*was applied as protected at /s);
  });

  test("keeps its stack where another application is put above it", async () => {
    const applications = [placed(billing, { hosts: {} }), placed()];
    await write({ applications, defaultApplication: "my-app" });
    expect((await run.plan()).text).toContain("No changes.");
    await refused({ applications, defaultApplication: "billing" }, /its state is that of "my-app"/);
  });

  test("keeps a service as it was that was to go, where that is thought better of", async () => {
    const before = present();
    const dropped = await deployed({ applications: [placed(myApp, { drops: ["events"] })] });
    expect(deletions(dropped)).toEqual([]);
    expect(those("terraform_data.Released")).toHaveLength(1);
    expect(present().filter((address) => !before.includes(address))).toEqual(those("terraform_data.Released"));
    await deployed();
    expect(present()).toEqual(before);
    await refused({ applications: [placed(without("events"))] }, /"events" \(rabbitmq\): holds data/);
  });

  test("lets a service go in steps, and nothing else with it", async () => {
    const before = present();
    await deployed({ applications: [placed(myApp, { drops: ["events"] })] });
    // Not while pods go by it: it would be deleted before they are replaced.
    await refused(
      { applications: [placed(without("events"), { drops: ["events"] })] },
      /applications\.my-app\.services: "events": is used by workload\/\w+/,
    );
    await deployed({ applications: [placed(idle("events"), { drops: ["events"] })] });
    await deployed({ applications: [placed(without("events"), { drops: ["events"] })] });
    // Not those of the database's alarms, which go by events of its server.
    expect(those("_events_")).toEqual([]);
    const gone = before.filter((address) => !present().includes(address));
    expect(
      gone.filter(
        (address) => !/events|network_policy/.test(address) && /orders-db|cache|uploads|backend/.test(address),
      ),
    ).toEqual([]);
    await write({ applications: [placed(without("events"))] });
    expect((await run.plan()).text).toContain("No changes.");
  });

  test("stays recorded where protection is taken off the environment, and is protected again", async () => {
    const spec = without("events");
    await deployed({ protect: false, applications: [placed(spec)] });
    await refused({ protect: false, applications: [placed(without("cache", spec))] }, /"cache" \(redis\): holds data/);
    await refused({ protect: false, cloud: there, applications: [placed(spec)] }, /was applied as protected at/);
    await deployed({ applications: [placed(spec)] });
    await refused({ applications: [placed(without("cache", spec))] }, /"cache" \(redis\): holds data/);
  });

  test("goes where all that it holds is named", async () => {
    const drops = ["orders-db", "cache", "uploads", "backend/uploads"];
    const applications = [placed(without("events"), { drops })];
    const { ok } = await run.destroy();
    expect(ok).toBe(false);
    expect(those("orders-db").length).toBeGreaterThan(3);
    await deployed({ applications });
    const destroyed = await run.destroy();
    expect(destroyed.problems).toEqual([]);
    expect(present()).toEqual([]);
  });
});

describe("a state of the release before, which has no records", () => {
  const run = story();

  test("gets them with the next deploy, and nothing else is deleted or made anew", async () => {
    const stack = stackOf(shipped.name, shipped);
    const records = omit(stack.resource?.terraform_data ?? {}, "Owner", "Ledger", "Kept");
    await run.write({ ...stack, resource: { ...stack.resource, terraform_data: records } });
    expect((await run.apply()).problems).toEqual([]);
    await run.write(stack);
    const { events } = await run.apply();
    expect(events.map(({ action, address }) => `${action} ${address.replace(/\[.*/, "")}`).sort()).toEqual([
      ...Array<string>(5).fill("create terraform_data.Kept"),
      "create terraform_data.Ledger",
      "create terraform_data.Owner",
    ]);
  });
});

describe("two names that share a bucket of the ledger", () => {
  const run = story();
  const [one, other] = sharingABucket();

  test("are kept by Terraform itself, where the ledger cannot tell that one of them is gone", async () => {
    const app = (...names: string[]): EnvironmentSpec => ({
      ...shipped,
      defaultApplication: "billing",
      applications: [placed(withServices(names), { hosts: {} })],
    });
    await run.write(stackOf(shipped.name, app(one, other)));
    expect((await run.apply()).problems).toEqual([]);
    const before = [...run.resources().keys()];
    await run.write(stackOf(shipped.name, app(one)));
    const { ok, problems } = await run.apply();
    expect(ok).toBe(false);
    expect(problems.join("\n")).toMatch(/instance cannot be destroyed/i);
    expect([...run.resources().keys()]).toEqual(before);
  });

  function withServices(names: readonly string[]): ApplicationSpec {
    const services = Object.fromEntries(names.map((name) => [name, bucket()]));
    return { ...billing, services, defaultServices: names.slice(0, 1) };
  }
});

describe.each(["cluster", "platform"])("the %s of a protected environment", (part) => {
  const run = story();

  test("stays where it is, also after its protection is off", async () => {
    const stack = `production-${part}`;
    await run.write(stackOf(stack, shipped));
    expect((await run.apply()).problems).toEqual([]);
    const before = [...run.resources().keys()];
    const [, , there] = CLOUDS[0] ?? [];
    if (there === undefined) throw new Error("no other place");
    for (const protect of [true, false]) {
      await run.write(stackOf(stack, { ...shipped, cloud: there, protect }));
      const { ok, problems } = await run.apply();
      expect(ok).toBe(false);
      expect(problems.join("\n")).toMatch(
        new RegExp(`environments\\.production\\.cloud: the stack production-${part} was applied as protected at aws/2`),
      );
      expect([...run.resources().keys()]).toEqual(before);
    }
  });
});

describe.each<[string, EnvironmentSpec["cloud"], EnvironmentSpec["cloud"], RegExp]>([
  [
    "aws",
    aws(AWS_PROPS),
    aws({ ...AWS_PROPS, network: { ...AWS_PROPS.network, zones: ["euc1-az2", "euc1-az1", "euc1-az3"] } }),
    /cloud\.network\.zones: got "euc1-az2" where "euc1-az1" was \(subnets "a"\)/,
  ],
  [
    "azure",
    azure(AZURE_PROPS),
    azure({ ...AZURE_PROPS, network: { ...AZURE_PROPS.network, zones: ["2", "1", "3"] } }),
    /cloud\.network\.zones: got "2" first, where "1" was/,
  ],
])("the zones of a network on %s", (_name, here, there, said) => {
  const run = story();

  test("stay in their order, protected or not, as what stands in them cannot move", async () => {
    for (const cloud of [here, there]) {
      await run.write(stackOf("production-cluster", { ...shipped, profile: "small", protect: false, cloud }));
      const { problems } = await run.apply();
      if (cloud === here) expect(problems).toEqual([]);
      else expect(problems.join("\n")).toMatch(said);
    }
  });
});
