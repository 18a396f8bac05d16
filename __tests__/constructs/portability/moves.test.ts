import { aws } from "../../../constructs/clouds/aws";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { google } from "../../../constructs/clouds/google";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { movesOf } from "../../../constructs/portability/moves";
import { changed, type Move, type Row } from "../../../constructs/portability/report";
import { ingress } from "../../../constructs/routing/ingress";
import { AWS_PROPS } from "../../support/aws-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { type Draft, draft, production, shop, staging } from "../../support/input";
import { otherCloud } from "../../support/other-cloud";

const AWS = aws(AWS_PROPS);

function onCloud(cloud: Cloud, name: string, services?: Draft["overlay"]["services"]): EnvironmentSpec {
  const { environment, overlay } = draft(name.includes("production") ? production(shop()) : staging(shop()));
  overlay.services = services;
  return { ...environment, observability: "off", addons: [], name, cloud, routing: ingress() };
}

function only(moves: readonly Move[]): Move {
  const [move, ...more] = moves;
  if (move === undefined || more.length > 0) throw new Error(`${moves.length} moves`);
  return move;
}

const row = (rows: readonly Row[], what: string): Row | undefined => rows.find((one) => one.what === what);

const service = (move: Move, name: string): readonly Row[] =>
  move.services.find((one) => one.service === name)?.rows ?? [];

test("an environment is compared with each other cloud once, and not with its own", () => {
  const [first, second] = [otherCloud("First"), otherCloud("Second")];
  const from = onCloud(AWS, "staging");
  const others = [from, onCloud(aws(AWS_PROPS), "production"), onCloud(first, "first"), onCloud(second, "second")];
  expect(movesOf(from, others).map(({ environment, from: here, to, like }) => [environment, here, to, like])).toEqual([
    ["staging", "AWS", "First", "first"],
    ["staging", "AWS", "Second", "second"],
  ]);
  expect(movesOf(from, [from])).toEqual([]);
});

test("what the other cloud is told is that of an environment of the same profile, wherever it stands", () => {
  const other = otherCloud("Other");
  const [small, large] = [onCloud(other, "other-small"), onCloud(other, "other-production")];
  const from = onCloud(AWS, "production");
  for (const list of [
    [small, large],
    [large, small],
  ])
    expect(only(movesOf(from, list)).like).toBe("other-production");
  expect(only(movesOf(from, [small])).like).toBe("other-small");
});

test("a row has the same words on both sides where nothing changes, and both words where something does", () => {
  const other = otherCloud("Other", { port: 10_000, tls: "bundle", signIn: "key", optionalParts: ["accessKeyId"] });
  const move = only(movesOf(onCloud(AWS, "staging"), [onCloud(other, "other")]));
  const rows = service(move, "files");
  expect(row(rows, "port")).toEqual({ what: "port", from: "443", to: "10000" });
  expect(row(rows, "sign-in")).toEqual({
    what: "sign-in",
    from: "the workload's identity, no password",
    to: "a pair of access keys for each workload",
  });
  expect(row(rows, "variables")).toEqual({
    what: "variables",
    from: "S3_ENDPOINT, S3_BUCKET, S3_REGION",
    to: "S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SSL_CA",
  });
  expect(rows.filter(changed).map(({ what }) => what)).toEqual(["port", "TLS", "sign-in", "variables"]);
  expect(row(move.rows, "network")).toEqual({ what: "network", from: "10.10.0.0/16", to: "10.99.0.0/16" });
});

test("variables follow TLS: a mounted bundle has one of its own", () => {
  const other = otherCloud("Other", { tls: "system" });
  const move = only(movesOf(onCloud(AWS, "staging"), [onCloud(other, "other")]));
  expect(row(service(move, "db"), "variables")).toEqual({
    what: "variables",
    from: "DATABASE_URL, DATABASE_SSL_CA",
    to: "DATABASE_URL",
  });
});

test("a service runs where the other cloud runs it by default", () => {
  const move = only(movesOf(onCloud(AWS, "staging"), [onCloud(otherCloud("Other"), "other")]));
  expect(row(service(move, "events"), "run by")).toEqual({
    what: "run by",
    from: "the cloud",
    to: "pods in the cluster",
  });
});

test("what would not work there is said in the words of synthesis", () => {
  const other: Cloud = {
    ...otherCloud("Other", {}, { standby: "it has one zone in this region" }),
    applicationProblems: (_application, path) => [
      { path: [...path, "services", "db", "storage"], got: "20Gi", fix: "use 100Gi" },
    ],
  };
  const move = only(movesOf(onCloud(AWS, "staging"), [onCloud(other, "other")]));
  expect(move.refused).toEqual(['environments.staging.applications.shop.services.db.storage: got "20Gi"; use 100Gi']);
  expect(move.missing).toEqual(["A standby in another zone for each data service: it has one zone in this region"]);
});

test("what measures it moves too: its secrets have other places, and nodes may not be seen there", () => {
  const observability = prometheus({
    runbooks: "https://docs.example.com/runbooks",
    slack: { channel: "#my-app-alerts" },
  });
  const from = { ...onCloud(AWS, "staging"), observability };
  const to = onCloud(google({ ...GOOGLE_PROPS, nodes: { autopilot: true } }), "gke-staging");
  const move = only(movesOf(from, [from, to]));
  expect(row(move.rows, 'secret "slack-webhook"')).toMatchObject({
    from: "staging/slack-webhook",
    to: "staging_slack-webhook",
  });
  expect(row(move.rows, "measures of nodes")).toMatchObject({
    from: "of each",
    to: "none: nothing in the cluster sees them",
  });
  const silent = only(movesOf(onCloud(AWS, "staging"), [to]));
  expect(silent.rows.map(({ what }) => what)).not.toContain("measures of nodes");
});

test("logins move with the environment, each to another place of its password; registries by identity are refused", () => {
  const registry = "222222222222.dkr.ecr.eu-central-1.amazonaws.com";
  const registries = {
    byIdentity: [registry],
    logins: { ghcr: { registry: "ghcr.io", username: "acme-puller" } },
  };
  const from = { ...onCloud(AWS, "staging"), registries };
  const move = only(movesOf(from, [from, onCloud(google(GOOGLE_PROPS), "gke-staging")]));
  expect(row(move.rows, 'password of registry "ghcr"')).toMatchObject({ from: "staging/ghcr", to: "staging_ghcr" });
  expect(move.refused).toContainEqual(
    expect.stringMatching(
      `^environments.staging.registries.byIdentity\\[0\\]: got "${registry}"; use the address of a repo`,
    ),
  );
});

test("what was there before on one cloud is made on the other, under a name of its own", () => {
  const services = {
    db: { version: "8.4.3", imported: { id: "shop-live" } },
    files: { imported: { id: "old-files" } },
  };
  const from = onCloud(AWS, "production", services);
  const move = only(movesOf(from, [onCloud(google(GOOGLE_PROPS), "other-production")]));
  const [db, files] = ["db", "files"].map((name) => service(move, name));
  expect(row(db ?? [], "name")).toEqual({ what: "name", from: "shop-live", to: "production-shop-db-<random>" });
  expect(row(files ?? [], "name")).toMatchObject({
    from: "old-files",
    to: expect.stringMatching(/^production-shop-files/),
  });
  expect(JSON.stringify([db, files].map((rows) => rows?.map(({ to }) => to)))).not.toMatch(/shop-live|old-files/);
  expect(move.refused.join(" ")).not.toMatch(/imported/);
});
