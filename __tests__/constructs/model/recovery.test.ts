import type { EnvironmentAddon } from "../../../constructs/addons/environment-addon";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { loadEnvironments } from "../../../constructs/model/load";
import { formatSpan, parseSpan } from "../../../constructs/model/recovery";
import type { Observability } from "../../../constructs/observability/observability";
import type { Routing } from "../../../constructs/routing/routing";
import { aksStaging } from "../../../environments/aks-staging";
import { gkeStaging } from "../../../environments/gke-staging";
import { local } from "../../../environments/local";
import { production as onAws } from "../../../environments/production";
import { warn } from "../../../stacks/program";
import { draft, problemsOf } from "../../support/input";

/* What an environment promises of lost data, and what each place can keep of it. */

const WHERE = "environments.production.recovery";

/** The reference environment of each place, with this promise; `false` of these. */
const REFERENCES = { aws: onAws, google: gkeStaging, azure: aksStaging, local };

function promised(place: keyof typeof REFERENCES, recovery: object, without: readonly string[] = []): string[] {
  const environment = REFERENCES[place];
  const own = Object.fromEntries(without.map((name) => [name, false]));
  const applications = environment.applications.map((overlay) => ({ ...overlay, recovery: own }));
  return problemsOf({ ...environment, recovery, applications });
}

/** Names of what is refused. */
const refused = (lines: readonly string[]): string[] =>
  lines.map((line) => / my-app \/ ([^:]+):/.exec(line)?.[1] ?? line);

test.each([
  ["5m", 300],
  ["90s", 90],
  ["24h", 86_400],
  ["7d", 604_800],
])("%s is a time, and is written back", (text, seconds) => {
  expect(parseSpan(text)).toBe(seconds);
  expect(parseSpan(formatSpan(seconds))).toBe(seconds);
});

test.each(["", "5", "5 m", "0m", "-5m", "1.5h", "5M", "1h30m"])("%j is none, and is named with its path", (rpo) => {
  expect(parseSpan(rpo)).toBeUndefined();
  const { environment } = draft();
  expect(problemsOf({ ...environment, recovery: { rpo, rto: "1h" } })).toEqual([
    `${WHERE}.rpo: got ${JSON.stringify(rpo)}; use seconds, minutes, hours or days, e.g. "5m", "24h"`,
  ]);
});

test("both times are asked for, and nothing else is taken", () => {
  const { environment } = draft();
  expect(problemsOf({ ...environment, recovery: { rpo: "5m", rpt: "1h" } })).toEqual([
    expect.stringContaining(`${WHERE}.rto: missing`),
    expect.stringContaining(`${WHERE}.rpt: unknown field`),
  ]);
});

describe("each place keeps what its services can, and names what it cannot", () => {
  const PROMISE = { rpo: "5m", rto: "1h" };

  test.each([
    // RDS and versions of S3 keep it.
    ["aws", ["cache", "events", "backend/uploads"]],
    ["google", ["cache", "events", "backend/uploads"]],
    ["azure", ["cache", "events", "backend/uploads"]],
    ["local", ["orders-db", "cache", "events", "uploads", "backend/uploads"]],
  ] as const)("on %s", (place, names) => {
    expect(refused(promised(place, PROMISE)).sort()).toEqual([...names].sort());
    expect(promised(place, PROMISE, names)).toEqual([]);
  });

  test("a database that is backed up every five minutes keeps no promise of four", () => {
    const rest = ["cache", "events", "backend/uploads", "uploads"];
    expect(promised("aws", { rpo: "4m", rto: "1h" }, rest)).toEqual([
      expect.stringMatching(
        /^environments\.production\.recovery\.rpo: got "4m", my-app \/ orders-db: point-in-time recovery of RDS over 30 days can lose the last 5m; promise "5m" of it, or say recovery: \{ "orders-db": false \} in the environment's my-app/,
      ),
    ]);
  });

  test("a day and its window is what snapshots of a cache keep, and copies of shared volumes", () => {
    expect(refused(promised("aws", { rpo: "24h", rto: "1d" }, ["events"]))).toEqual(["cache", "backend/uploads"]);
    expect(refused(promised("aws", { rpo: "25h", rto: "1d" }, ["events"]))).toEqual(["backend/uploads"]);
    expect(promised("aws", { rpo: "32h", rto: "1d" }, ["events"])).toEqual([]);
  });
});

describe("a promise of its own", () => {
  const said = (recovery: object, all?: object): string[] => {
    const applications = onAws.applications.map((overlay) => ({ ...overlay, recovery }));
    return problemsOf({ ...onAws, ...(all && { recovery: all }), applications });
  };

  test("stands without one of the environment, and says where it was written", () => {
    expect(said({ "orders-db": { rpo: "5m", rto: "1h" } })).toEqual([]);
    expect(said({ cache: { rpo: "1h", rto: "1h" } })).toEqual([
      expect.stringMatching(/^environments\.production\.applications\.my-app\.recovery\.cache\.rpo: got "1h"/),
    ]);
  });

  test("tightens and loosens that of the environment", () => {
    const loose = { cache: false, events: false, "backend/uploads": { rpo: "2d", rto: "1d" } };
    expect(said(loose, { rpo: "5m", rto: "1h" })).toEqual([]);
    expect(said({ ...loose, "orders-db": { rpo: "1m", rto: "1h" } }, { rpo: "5m", rto: "1h" })).toHaveLength(1);
  });

  test("of nothing that holds data is a slip of the pen", () => {
    expect(said({ "order-db": { rpo: "5m", rto: "1h" } })).toEqual([
      expect.stringMatching(/recovery\.order-db: holds no data here; use .*did you mean "orders-db"/),
    ]);
  });

  test("that takes away what nobody promised is told to go", () => {
    expect(said({ cache: false })).toEqual([
      expect.stringMatching(/recovery\.cache: got false, the environment promises nothing of any of them; remove it/),
    ]);
  });
});

test("of what somebody else runs, and of what a cloud says nothing, nothing can be promised", () => {
  const { environment } = draft();
  expect(problemsOf({ ...environment, recovery: { rpo: "1d", rto: "1d" } })).toEqual(
    ["db", "cache", "events", "files", "api/uploads"].map((name): unknown =>
      expect.stringContaining(`shop / ${name}: test does not say how it comes back`),
    ),
  );
});

test("synthesis says of which nobody states how long they take", () => {
  const said: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  const own = { cache: false, events: false, "backend/uploads": false } as const;
  const [overlay] = onAws.applications;
  if (overlay === undefined) throw new Error("no application");
  const applications = [{ ...overlay, recovery: own }];
  warn(
    loadEnvironments<Cloud, Routing, EnvironmentAddon, Observability>([
      { ...onAws, recovery: { rpo: "5m", rto: "1h" }, applications },
    ]),
  );
  write.mockRestore();
  expect(said.join("")).toBe(
    "warning: environments.production.recovery.rto: AWS states no time in which orders-db, uploads of my-app are back: " +
      "restore once, and measure it\n",
  );
});
