import { readFileSync } from "node:fs";
import { aws } from "../../../constructs/clouds/aws";
import { CONNECTIONS as AWS_LIMITS } from "../../../constructs/clouds/aws/services/mysql";
import { azure } from "../../../constructs/clouds/azure";
import { CONNECTIONS as AZURE_LIMITS } from "../../../constructs/clouds/azure/services/mysql";
import { google } from "../../../constructs/clouds/google";
import { CONNECTIONS as GOOGLE_LIMITS } from "../../../constructs/clouds/google/services/mysql";
import { local } from "../../../constructs/clouds/local";
import { MYSQL_CONNECTIONS } from "../../../constructs/in-cluster/mysql/server";
import type { EnvironmentInput } from "../../../constructs/model/environment";
import { SIZES } from "../../../constructs/model/service";
import { http, phpFpm, type Workload } from "../../../constructs/model/workload";
import { environments } from "../../../environments";
import { onAws } from "../../support/aws-application";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS } from "../../support/azure-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { mysqlForm } from "../../support/in-cluster";
import { draft, problemsOf, production, shop, staging } from "../../support/input";
import { facts, find } from "../../support/resolved";

const IMAGE = "registry.example.com/api:v1";

/** 76 processes in each of twenty pods at most: 1520, without those of a rolling update. */
const large = (max = 20): Workload =>
  phpFpm({
    image: IMAGE,
    resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { cpu: "2", memory: "4Gi" } },
    autoscaling: { min: 3, max, cpu: 70 },
    needs: ["db"],
  });

function given(cloud: EnvironmentInput["cloud"], workloads: Record<string, Workload>, size?: string): string[] {
  const { environment, app, overlay } = draft(staging(shop()));
  for (const name of ["queue", "nightly"]) Reflect.deleteProperty(app.workloads, name);
  Object.assign(app.workloads, workloads);
  Object.assign(overlay, { services: { db: { size }, files: {} } });
  return problemsOf({ ...environment, cloud }).filter((line) => line.includes("services.db"));
}

const AT = "environments.staging.applications.shop.services.db.size";

test("pools that open more connections than the database takes are refused, with the numbers and a way out", () => {
  expect(given(aws(AWS_PROPS), { api: large() })).toEqual([
    `${AT}: got "small", takes 341 connections, 10 of them for its own care, and its workloads open up to 2280: ` +
      'api 30 pods x 76 processes; use "xlarge" (2730), a smaller autoscaling.max or replicas, a larger processMemory or ' +
      "a smaller memory limit of PHP-FPM, or fewer connections of other workloads",
  ]);
  expect(given(aws(AWS_PROPS), { api: large() }, "xlarge")).toEqual([]);
});

test("where no size is large enough, none is advised", () => {
  const [problem = "", ...more] = given(aws(AWS_PROPS), { api: large(100) });
  expect(more).toEqual([]);
  expect(problem).toContain("open up to 11400: api 150 pods x 76 processes; use a smaller autoscaling.max");
});

test.each([
  ["AWS", aws(AWS_PROPS), "takes 341 "],
  ["Azure", azure(AZURE_PROPS), "takes 341 "],
  ["a local cluster", local(), "takes 151 "],
])("%s has its own limit", (_, cloud, limit) => {
  const [problem, ...more] = given(cloud, { api: large() });
  expect(more).toEqual([]);
  expect(problem).toContain(limit);
});

test("Cloud SQL takes 4000 of every size", () => {
  expect(given(google(GOOGLE_PROPS), { api: large() })).toEqual([]);
  expect(given(google(GOOGLE_PROPS), { api: large(40) })[0]).toContain("takes 4000 ");
});

test("a pool of Node counts ten for each pod, or what the workload says, and every edge by itself", () => {
  const web = (connections?: number, needs: Parameters<typeof http>[0]["needs"] = ["db"]) =>
    given(aws(AWS_PROPS), {
      api: phpFpm({ image: IMAGE, needs: [] }),
      web: http({ image: IMAGE, replicas: 24, connections, needs }),
    });
  // 24 pods and six more of a rolling update, twice.
  expect(web()[0]).toContain("open up to 360: web 36 pods x 10 connections;");
  expect(web(9)).toEqual([]);
  expect(web(5)).toEqual([]);
  expect(web(5, ["db", { to: "db", prefix: "OTHER_" }])[0]).toContain("open up to 360: web 36 pods x 10 connections;");
  expect(web(10, [])).toEqual([]);
});

test.each([0, 1.5, "10"])("%p connections are refused", (connections) => {
  const { environment, workload } = draft(production(shop()));
  Object.assign(workload("web"), { connections });
  expect(problemsOf(environment)[0]).toMatch(/^applications\.shop\.workloads\.web\.connections: got /);
});

test("RDS and the server in the cluster are told the number that is counted on", () => {
  expect(onAws(production()).resource("aws_db_parameter_group")["parameter"]).toContainEqual({
    name: "max_connections",
    value: "682",
  });
  const file = (size: "small" | "large") =>
    find(mysqlForm({ sizing: { size } }).objects(facts), "ConfigMap", "my-app-orders-db").data["server.cnf"];
  expect(file("small")).toContain("max_connections = 151\n");
  expect(file("large")).toContain("max_connections = 682\n");
});

test("the document has the limits that are counted on", () => {
  const text = readFileSync("docs/operations/mysql.md", "utf8");
  for (const size of SIZES) {
    const limits = [AWS_LIMITS, GOOGLE_LIMITS, AZURE_LIMITS, MYSQL_CONNECTIONS].map((of) => of[size]);
    expect(text).toContain(`| ${[size, ...limits].join(" | ")} |`);
  }
});

test("the environments of this repository are within their databases' limits", () => {
  expect(problemsOf(...environments)).toEqual([]);
});
