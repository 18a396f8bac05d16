import { aws } from "../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../constructs/environment";
import { policy } from "../../constructs/requests/policy";
import { readSources } from "../../constructs/requests/read-request";
import { withRequests } from "../../constructs/requests/with-requests";
import { myApp } from "../../environments/my-app";
import { production as shipped } from "../../environments/production";
import { AWS_PROPS } from "../support/aws-environment";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * What becomes of a database that was asked for by a file, when the file is edited, renamed and deleted: the same as of one that
 * is written in the program.
 */

const POLICY = policy({ data: ["internal"], sizes: { small: { database: { size: "small" } } }, clauses: [] });

const invoices = (more = "", name = "invoices-db", usedBy = "[backend]"): string => `request: database
name: ${name}
application: my-app
usedBy: ${usedBy}
data: internal
${more}reason: Invoices leave the orders database
requestedBy: ada
`;

describe("a database that was asked for by a file", () => {
  const run = story();
  const stackWith = (files: Readonly<Record<string, string>>, drops: readonly string[] = []) => {
    const environment: EnvironmentSpec = {
      ...shipped,
      defaultApplication: undefined,
      cloud: aws(AWS_PROPS),
      applications: [{ application: myApp, hosts: { api: "api.example.com", web: "example.com" }, drops }],
    };
    const sources = Object.entries(files).map(([file, text]) => ({
      file: `requests/${file}`,
      content: Buffer.from(text),
    }));
    return stackOf(shipped.name, ...withRequests([environment], readSources("requests", sources), POLICY));
  };
  const those = (part: string): string[] =>
    [...run.resources().keys()].filter((address) => address.includes(part)).sort();

  async function deployed(files: Readonly<Record<string, string>>, drops?: readonly string[]) {
    await run.write(stackWith(files, drops));
    const { problems, events } = await run.apply();
    expect(problems).toEqual([]);
    return events;
  }

  async function refused(files: Readonly<Record<string, string>>, said: RegExp): Promise<void> {
    const before = [...run.resources().keys()].sort();
    await run.write(stackWith(files));
    const { ok, problems } = await run.apply();
    expect(problems.join("\n")).toMatch(said);
    expect({ ok, resources: [...run.resources().keys()].sort() }).toEqual({ ok: false, resources: before });
  }

  test("is there after the file is merged, and then there is nothing to change", async () => {
    await deployed({ "invoices-db.yaml": invoices() });
    expect(those("invoices-db").length).toBeGreaterThan(5);
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });

  test("stays as it is when the file gets another name, or its reason another word", async () => {
    await run.write(stackWith({ "billing.yaml": invoices().replace("leave", "left") }));
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });

  test("is changed in place by another size", async () => {
    const events = await deployed({ "invoices-db.yaml": invoices("sizes: { production: small }\n") });
    expect(events.filter(({ action }) => action === "delete")).toEqual([]);
    expect(events.some(({ address }) => address.includes("aws_db_instance__"))).toBe(true);
  });

  test("keeps its data when the file is deleted: the plan stops, with what to do", async () => {
    await refused(
      {},
      /"invoices-db" \(mysql\): holds data of a protected environment[\s\S]*say drops: \["invoices-db"\]/,
    );
  });

  test("keeps them when the name in the file is another one", async () => {
    await refused({ "invoices-db.yaml": invoices("", "bills-db") }, /"invoices-db" \(mysql\): holds data/);
  });

  test("goes in two steps: out of all needs and in drops, then the file", async () => {
    await deployed({ "invoices-db.yaml": invoices("", "invoices-db", "[]") }, ["invoices-db"]);
    expect(those("invoices-db").length).toBeGreaterThan(5);
    const events = await deployed({}, ["invoices-db"]);
    expect(events.some(({ address, action }) => action === "delete" && address.includes("aws_db_instance__"))).toBe(
      true,
    );
    expect(those("_invoices-db_")).toEqual([]);
  });

  test("two at once are two, whichever file comes first", async () => {
    const files = { "a.yaml": invoices("", "one-db"), "b.yaml": invoices("", "two-db", "[consumer]") };
    const other = { "z.yaml": files["a.yaml"], "b.yaml": files["b.yaml"] };
    await deployed(files);
    expect([those("one-db").length, those("two-db").length].every((count) => count > 5)).toBe(true);
    await run.write(stackWith(other));
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });
});
