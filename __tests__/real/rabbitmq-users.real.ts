import { join } from "node:path";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { curlImage, trusting } from "./support/images";
import type { Login } from "./support/server";
import { type Rabbitmq, startRabbitmq } from "./support/servers/rabbitmq";
import { deploy, type Shop } from "./support/shop";
import { HOST, OTHER_HOST, useSite } from "./support/site";
import { passwordOf, type Placed } from "./support/test-cloud";
import { lint, runUsersJob, shown, type UsersJob } from "./support/users-job";

/* The Job that makes the users of RabbitMQ, against one that speaks TLS only. The tests follow one another. */

const EVENTS = "events";
const WORKLOADS = ["api", "web", "queue", "migrate"];
const VIRTUAL_HOST = "orders/eu";

let broker: Rabbitmq;
const site = useSite(async (site) => {
  broker = site.add(await startRabbitmq(join(site.folder, "rabbitmq"), site));
});

const placed = (change: Partial<Placed> = {}, virtualHost = VIRTUAL_HOST): Placed => ({
  service: rabbitmq({ virtualHost }),
  server: broker,
  host: HOST,
  adminPort: broker.managementPort,
  caBundle: site().certificates.bundle,
  parts: { virtualHost: encodeURIComponent(virtualHost) },
  ...change,
});

function run(shop: Partial<Shop> = {}, service = placed(), image = curlImage): Promise<UsersJob> {
  return runUsersJob(site(), deploy({ ...shop, services: { [EVENTS]: service } }), EVENTS, image);
}

const retire = (shop: Partial<Shop>): Promise<UsersJob> =>
  runUsersJob(site(), deploy({ ...shop, services: { [EVENTS]: placed() } }), EVENTS, curlImage, "retire");

const says = ({ code, output }: UsersJob) => ({ code, lines: output.trim().split("\n") });
const asItShould = (names: readonly string[]) => names.map((name) => `user app.${name} is as it should be`);

const as = (workload: string, generation?: number): Login => ({
  username: `app.${workload}`,
  password: passwordOf(EVENTS, workload, generation),
});

/** Some fields of all that the management API lists. */
async function list(path: string, fields: readonly string[]): Promise<unknown[]> {
  const { output } = await broker.api(broker.admin, "GET", `${path}?columns=${fields.join()}`);
  return JSON.parse(output.slice(0, output.lastIndexOf("\n"))) as unknown[];
}
const users = () => list("users", ["name", "tags"]);
const permissions = () => list("permissions", ["user", "vhost", "configure", "write", "read"]);
const virtualHosts = () => list("vhosts", ["name"]);
const state = async () => ({ users: await users(), permissions: await permissions(), hosts: await virtualHosts() });

/** Why somebody may not manage the broker: that it is somebody else is said otherwise than that it has no right to. */
const refusal = async (login: Login): Promise<unknown> => {
  const { output } = await broker.api(login, "GET", "users");
  return (JSON.parse(output.slice(0, output.lastIndexOf("\n"))) as { readonly reason?: string }).reason;
};
const SIGNED_IN = "Not management user";
const UNKNOWN = "Login failed";

test("the program is one that ShellCheck has nothing against", async () => {
  const { output } = await lint(site(), deploy({ services: { [EVENTS]: placed() } }), EVENTS);
  expect(output).toBe("");
});

let first: UsersJob;
test("makes the virtual host, and a user for each workload", async () => {
  first = await run();
  expect(says(first)).toEqual({ code: 0, lines: asItShould(["api", "migrate", "queue", "web"]) });
  const all = { configure: ".*", write: ".*", read: ".*" };
  expect(await virtualHosts()).toEqual(expect.arrayContaining([{ name: VIRTUAL_HOST }, { name: "/" }]));
  expect(await users()).toEqual(expect.arrayContaining(WORKLOADS.map((name) => ({ name: `app.${name}`, tags: [] }))));
  const given = (await permissions()) as { readonly user: string }[];
  const { username } = broker.admin;
  expect(given.filter(({ user }) => user !== username)).toEqual(
    expect.arrayContaining(WORKLOADS.map((name) => ({ user: `app.${name}`, vhost: VIRTUAL_HOST, ...all }))),
  );
  expect(given.filter(({ user }) => user !== username)).toHaveLength(WORKLOADS.length);
});

test("run again changes nothing", async () => {
  const before = await state();
  expect(says(await run())).toEqual(says(first));
  expect(await state()).toEqual(before);
  expect(await refusal(as("api"))).toBe(SIGNED_IN);
});

test("no workload's user manages the broker", async () => {
  expect(await Promise.all(WORKLOADS.map((name) => refusal(as(name))))).toEqual(WORKLOADS.map(() => SIGNED_IN));
});

test("a password of a new generation takes the place of the one before", async () => {
  expect(says(await run({ passwords: 2 })).code).toBe(0);
  expect(await refusal(as("api"))).toBe(UNKNOWN);
  expect(await refusal(as("api", 2))).toBe(SIGNED_IN);
});

test("no password is shown, neither by what the Job says, nor in arguments, nor in variables", async () => {
  const own = WORKLOADS.flatMap((name) => [1, 2].map((generation) => passwordOf(EVENTS, name, generation)));
  const secrets = [broker.admin.password, ...own];
  const last = await run({ passwords: 2 });
  for (const { output, trace } of [first, last]) {
    expect(shown(output, secrets)).toEqual([]);
    expect(shown(trace, secrets)).toEqual([]);
  }
  // What would be seen in it: its programs and their variables.
  expect(last.trace).toContain("permissions/orders%2Feu/app.api");
  expect(last.trace).toContain(`HOST=${HOST}`);
});

describe("a user whom nothing needs", () => {
  test("goes on while the release is under way: its old pods may still be there", async () => {
    await run({ workloads: ["api"], passwords: 2 });
    expect(await refusal(as("web", 2))).toBe(SIGNED_IN);
  });

  test("is gone after it, and only if the Job made it", async () => {
    const others = ["application.web", "app", "appXweb"];
    for (const name of others) {
      await broker.api(broker.admin, "PUT", `users/${name}`, { password: "other", tags: "" });
    }
    expect(says(await retire({ workloads: ["api"], passwords: 2 }))).toEqual({
      code: 0,
      lines: ["migrate", "queue", "web"].map((name) => `user app.${name} is gone: nothing needs it`),
    });
    const names = ((await users()) as { readonly name: string }[]).map(({ name }) => name);
    expect(names.sort()).toEqual([...others, broker.admin.username, "app.api"].sort());
  });

  test("is there again when something needs it", async () => {
    await run({ passwords: 2 });
    expect(await refusal(as("web", 2))).toBe(SIGNED_IN);
  });
});

describe("a workload that may only read", () => {
  const readers = ["web"] as const;
  const host = encodeURIComponent(VIRTUAL_HOST);
  const message = { properties: {}, routing_key: "orders", payload: "one", payload_encoding: "string" };
  const statusOf = ({ output }: { readonly output: string }): string => output.slice(output.lastIndexOf("\n") + 1);

  /** Asks as a user of a workload, whom the API lets in as it lets in nobody of theirs; what he may do is the broker's matter. */
  async function as(username: string, method: "PUT" | "POST", path: string, body: object): Promise<string> {
    const login: Login = { username, password: "for the test" };
    await broker.api(broker.admin, "PUT", `users/${username}`, { password: login.password, tags: "management" });
    return statusOf(await broker.api(login, method, path, body));
  }
  const declare = (username: string, queue: string) =>
    as(username, "PUT", `queues/${host}/${queue}`, { durable: true });
  const publish = (username: string) => as(username, "POST", `exchanges/${host}/amq.default/publish`, message);
  const consume = (username: string) =>
    as(username, "POST", `queues/${host}/orders/get`, { count: 1, ackmode: "ack_requeue_false", encoding: "auto" });

  test("has a user of its own, beside the one that pods of before still publish with", async () => {
    expect(says(await run({ readers, passwords: 2 }))).toEqual({
      code: 0,
      lines: asItShould(["api", "migrate", "queue", "web.read"]),
    });
    expect(await permissions()).toContainEqual({
      ...{ user: "app.web.read", vhost: VIRTUAL_HOST },
      ...{ configure: "^$", write: "^$", read: ".*" },
    });
    expect(await declare("app.web", "orders")).toBe("201");
    expect(await publish("app.web")).toBe("200");
  });

  test("consumes, and neither publishes nor declares", async () => {
    expect(await consume("app.web.read")).toBe("200");
    expect(await publish("app.web.read")).not.toBe("200");
    expect(await declare("app.web.read", "other")).not.toMatch(/^20/);
    expect(await declare("app.web", "other")).toBe("201");
  });

  test("can publish by no other user once its pods of before are gone", async () => {
    expect(says(await retire({ readers, passwords: 2 }))).toEqual({
      code: 0,
      lines: ["user app.web is gone: nothing needs it"],
    });
    expect(await consume("app.web.read")).toBe("200");
  });

  test("publishes again before its new pods start", async () => {
    await run({ passwords: 2 });
    expect(await publish("app.web")).toBe("200");
    expect(await consume("app.web.read")).toBe("200");
    expect(says(await retire({ passwords: 2 }))).toEqual({
      code: 0,
      lines: ["user app.web.read is gone: nothing needs it"],
    });
    await run({ passwords: 2 });
  });
});

describe("the Job", () => {
  test("takes the virtual host that every broker has, whose name is a slash", async () => {
    expect(says(await run({ passwords: 2 }, placed({}, "/"))).code).toBe(0);
    expect(await permissions()).toContainEqual(expect.objectContaining({ user: "app.api", vhost: "/" }));
  });

  test("trusts what its image trusts, where the connection brings nothing, as on AWS", async () => {
    const image = trusting(curlImage, site().certificates.systemBundle);
    expect(says(await run({ passwords: 2 }, placed({ caBundle: undefined }), image)).code).toBe(0);
  });

  test.each([
    ["of an image that does not trust the server", () => ({ caBundle: undefined }), "SSL certificate problem"],
    ["with another authority", () => ({ caBundle: site().certificates.stranger }), "SSL certificate problem"],
    ["by a name that the certificate has not", () => ({ host: OTHER_HOST }), "no alternative certificate subject name"],
    [
      "with a wrong password of the administrator",
      () => ({ server: { ...broker, admin: { ...broker.admin, password: "wrong" } } }),
      "The requested URL returned error: 401",
    ],
    ["by a port on which nothing listens", () => ({ adminPort: 15672 }), "Failed to connect to"],
  ])("%s fails and says why", async (_, change, reason) => {
    const before = await state();
    const { code, output } = await run({ passwords: 3 }, placed(change()));
    expect(output).toContain(reason);
    expect(code).not.toBe(0);
    expect(await state()).toEqual(before);
    expect(await refusal(as("api", 2))).toBe(SIGNED_IN);
  });
});
