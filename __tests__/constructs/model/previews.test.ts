import { endsAsPreview, previewName, pullRequestIn } from "../../../constructs/model/previews";
import { draft, environmentOption, problemsOf, production, shop, staging } from "../../support/input";

/* What an environment says of previews, and which may not say it. */

const taking = (previews: unknown, more: object = {}): unknown => ({ ...staging(), previews, ...more });
const VALID = { domain: "staging.example.com" };

test("an environment of profile small takes them, whatever else the program has", () => {
  expect(problemsOf(taking(VALID), production())).toEqual([]);
});

test("each mistake is named, all at once", () => {
  const problems = problemsOf(
    taking({
      domain: "Staging",
      lifetimeHours: 0,
      mostDays: 91,
      most: 1.5,
      storage: "5G",
      open: ["stripe", "shop/strip"],
      clusterIsuer: "x",
    }),
  );
  expect(problems.map((line) => line.split(":")[0])).toEqual([
    "environments.staging.previews.domain",
    "environments.staging.previews.lifetimeHours",
    "environments.staging.previews.mostDays",
    "environments.staging.previews.most",
    "environments.staging.previews.storage",
    "environments.staging.previews.open[0]",
    "environments.staging.previews.clusterIsuer",
  ]);
  expect(problemsOf(taking({ ...VALID, open: ["shop/strip"] }))).toEqual([
    'environments.staging.previews.open[0]: got "shop/strip", no such external; use "shop/stripe" or "shop/mail" (did you mean "shop/stripe"?)',
  ]);
});

test("production takes none, nor does what is protected, nor what pulls images by a password", () => {
  expect(problemsOf({ ...production(), previews: VALID })).toEqual([
    "environments.production.previews: code that nobody has reviewed would run in a cluster of production; let an environment of profile small take them, in a cluster of its own",
  ]);
  expect(problemsOf(taking(VALID, { protect: true })).join()).toContain("disks of its cluster outlive their claims");
  const logins = { hub: { registry: "registry.example.com", username: "acme" } };
  expect(problemsOf(taking(VALID, { registries: { logins } })).join()).toContain(
    "previews read no secret of the environment's",
  );
});

test("a domain is in a zone of the environment's, where it has zones", () => {
  const cloud = { ...environmentOption(), dnsZones: () => ["staging.example.com"] };
  const of = (domain: string): string[] => problemsOf(taking({ domain }, { cloud }));
  expect(of("staging.example.com")).toEqual([]);
  expect(of("previews.staging.example.com")).toEqual([]);
  expect(of("notstaging.example.com")).toEqual([
    'environments.staging.previews.domain: got "notstaging.example.com", it is in no zone of the environment\'s, and nobody would make its records, or take them away; use "staging.example.com", or a domain below',
  ]);
});

test("no environment is called as previews are, or has such namespaces, once there are previews", () => {
  const other = { ...staging(), name: "pr-7", namespaceSuffix: "blue-pr-7", applications: staging().applications };
  expect(problemsOf(taking(VALID), other).filter((line) => line.includes("previews are swept"))).toEqual([
    'environments.pr-7.name: got "pr-7", it ends as the names of previews do, and previews are swept; use a name without "pr-" and digits at its end',
    'environments.pr-7.namespaceSuffix: got "blue-pr-7", it ends as the names of previews do, and previews are swept; use a name without "pr-" and digits at its end',
  ]);
  expect(problemsOf(staging(), { ...production(), namespaceSuffix: "blue-pr-7" })).toEqual([]);
});

test("a name that would not fit, or that a glob of another environment catches, is named before there is a preview", () => {
  const { environment, app } = draft(staging(shop()));
  app.name = `a${"b".repeat(52)}`;
  expect(problemsOf({ ...environment, previews: VALID }).join()).toContain("a namespace takes 63 characters");
  const { environment: caught, app: named } = draft(staging(shop()));
  named.name = "staging-shop";
  expect(problemsOf({ ...caught, defaultApplication: "staging-shop", previews: VALID }).join()).toContain(
    'the stack of a preview of staging-shop would be "staging-shop-pr-1", which "staging-*" catches',
  );
});

test.each([
  ["pr-1", 1],
  ["pr-9999999", 9_999_999],
  ["pr-0", undefined],
  ["pr-01", undefined],
  ["pr-10000000", undefined],
  ["pr-1x", undefined],
  ["xpr-1", undefined],
  ["pr-1\n", undefined],
])("%j is the name of the preview of %s", (name, pullRequest) => {
  expect(pullRequestIn(name)).toBe(pullRequest);
  if (pullRequest !== undefined) expect(previewName(pullRequest)).toBe(name);
});

test("a name ends as a preview's after a hyphen alone", () => {
  expect(["my-app-pr-1", "pr-1", "my-appr-1", "pr-1-my-app"].map(endsAsPreview)).toEqual([true, true, false, false]);
});

test("an external that is closed is no way out, and has a name that resolves nowhere", () => {
  const { environment, overlay } = draft(staging(shop()));
  overlay.closed = ["mail", "mial", "mail"];
  expect(problemsOf(environment)).toEqual([
    'environments.staging.applications.shop.closed: got ["mail","mial","mail"]; name each once',
  ]);
  overlay.closed = ["mail", "mial"];
  expect(problemsOf(environment)).toEqual([
    'environments.staging.applications.shop.closed[1]: got "mial", no such external; use "stripe" or "mail" (did you mean "mail"?)',
  ]);
});
