import type { EnvironmentSpec } from "../../../../constructs/environment";
import { peer } from "../../../../constructs/model/application";
import { loadEnvironments } from "../../../../constructs/model/load";
import { team } from "../../../../constructs/model/team";
import { http, worker } from "../../../../constructs/model/workload";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { environments } from "../../../../environments";
import { myApp } from "../../../../environments/my-app";
import {
  catalogProblems,
  complaints,
  entitiesIn,
  referenceProblems,
  relationsIn,
} from "../../../support/catalog/entities";
import { comparable, modelRelations } from "../../../support/catalog/model-graph";
import { found, IMAGE, laptop, shop, textOf } from "./support";

const reference = textOf(environments);

const PUSH = { service: "push", labels: { app: "push" }, port: 9091 };

test("Backstage takes every entity of the reference, and every reference leads to one", async () => {
  expect(await catalogProblems(reference)).toEqual([]);
});

test("the reference has one entity of each thing, however many environments have it", () => {
  expect(entitiesIn(reference).map(({ kind, metadata: { name }, spec }) => [kind, name, spec?.type])).toEqual([
    ["Domain", "sales", undefined],
    ["System", "my-app", undefined],
    ["Component", "my-app-backend", "service"],
    ["Component", "my-app-consumer", "worker"],
    ["Component", "my-app-cron", "cron-job"],
    ["Component", "my-app-frontend", "service"],
    ["Component", "my-app-migrate", "release-job"],
    ["Component", "my-app-notifications", "service"],
    ["API", "my-app-backend", "http"],
    ["API", "my-app-frontend", "http"],
    ["API", "my-app-notifications", "http"],
    ["Resource", "my-app-backend.uploads", "volume"],
    ["Resource", "my-app-cache", "cache"],
    ["Resource", "my-app-events", "queue"],
    ["Resource", "my-app-mail", "mail-relay"],
    ["Resource", "my-app-orders-db", "database"],
    ["Resource", "my-app-stripe", "external"],
    ["Resource", "my-app-uploads", "bucket"],
    ["Group", "team-my-app", "team"],
    ["User", "ines.faria", undefined],
    ["User", "maja.lindqvist", undefined],
    ["User", "tomas.okoro", undefined],
  ]);
});

test("edges and owners of the reference are relations of its catalog, and there are no others", () => {
  expect(comparable(relationsIn(entitiesIn(reference)))).toEqual(modelRelations(loadEnvironments(environments)));
});

test("what is planted in a catalog is found", async () => {
  const broken = (from: string | RegExp, to: string) => catalogProblems(reference.replace(from, to));
  expect(await broken("  lifecycle: production\n", "")).toEqual([expect.stringContaining("lifecycle")]);
  expect(await broken("name: my-app-backend\n", `name: ${"b".repeat(64)}\n`)).toEqual(
    expect.arrayContaining([expect.stringContaining("metadata.name")]),
  );
  expect(await broken("resource:default/my-app-cache", "resource:default/my-app-cash")).toEqual([
    "component:default/my-app-backend dependsOn resource:default/my-app-cash, which is not there",
  ]);
  const [first] = entitiesIn(reference);
  if (first === undefined) throw new Error("no entity");
  expect(referenceProblems([first, first])).toContain("domain:default/sales is there twice");
  expect(await complaints({ ...first, kind: "Domian" })).toEqual(["domian:default/sales: 0 kinds"]);
});

test("plugins find what they show: objects in a cluster, dashboards, alerts and code", () => {
  const backend = found(environments, {
    repository: { slug: "acme/my-app", branch: "release/1" },
    code: { [myApp.name]: { backend: { folder: "apps/back end" } } },
    written: { [myApp.name]: ["environments/my-app.ts"] },
  }).get("component:default/my-app-backend");
  expect(backend?.metadata.annotations).toEqual({
    "goldenpath/environments": "aks-staging, gke-staging, local, production, staging",
    "backstage.io/kubernetes-label-selector": "app=my-app-backend,app.kubernetes.io/part-of=my-app",
    "github.com/project-slug": "acme/my-app",
    "backstage.io/source-location": "url:https://github.com/acme/my-app/tree/release/1/apps/back%20end/",
    "backstage.io/view-url": "https://github.com/acme/my-app/blob/release/1/environments/my-app.ts",
    "backstage.io/edit-url": "https://github.com/acme/my-app/edit/release/1/environments/my-app.ts",
    "grafana/dashboard-selector": "tags @> 'goldenpath' && tags @> 'my-app'",
    "prometheus.io/alert": expect.stringMatching(/^[A-Z][A-Za-z,]+,WorkloadDown,/) as string,
    "prometheus.io/labels": "application=my-app,workload=backend",
  });
  expect(backend?.metadata.links).toContainEqual({
    ...{ url: "https://api.example.com/", title: "api.example.com/, production", type: "address" },
  });
});

test.each([
  [".", "dir:."],
  ["./", "dir:."],
  ["apps/shop/", "dir:./apps/shop"],
])("documents in %s are found by TechDocs, of the application alone", (folder, ref) => {
  const entities = found(environments, { documents: { [myApp.name]: folder } });
  const documented = [...entities].flatMap(
    ([
      name,
      {
        metadata: { annotations = {} },
      },
    ]) => ("backstage.io/techdocs-ref" in annotations ? [[name, annotations["backstage.io/techdocs-ref"]]] : []),
  );
  expect(documented).toEqual([["system:default/my-app", ref]]);
});

test("without documents no entity says that there are any, and those of no application are refused", () => {
  expect(JSON.stringify([...found(environments)])).not.toContain("techdocs-ref");
  expect(() => found(environments, { documents: { shop: "." } })).toThrow(
    'catalog.documents.shop: the model has no such thing; remove it, or use "my-app"',
  );
  expect(() => found(environments, { documents: { [myApp.name]: "../x" } })).toThrow("catalog.documents.my-app");
});

test("alerts of others are not shown: each that is named has the labels by which the plugin looks", () => {
  const rules = renderEnvironments(loadEnvironments(environments)).flatMap(({ applications }) =>
    applications.flatMap(({ prepared }) =>
      prepared.flatMap((object) =>
        object.kind === "PrometheusRule" ? object.spec.groups.flatMap((group) => group.rules) : [],
      ),
    ),
  );
  const named = [...found(environments).values()].flatMap(({ metadata: { annotations = {} } }) => {
    const labels = annotations["prometheus.io/labels"]?.split(",").map((one) => one.split("="));
    return (annotations["prometheus.io/alert"]?.split(",") ?? []).map((alert) => ({ alert, labels }));
  });
  expect(named.length).toBeGreaterThan(50);
  for (const { alert, labels } of named) {
    const matching = rules.filter(
      (rule) => "alert" in rule && rule.alert === alert && labels?.every(([key = "", is]) => rule.labels[key] === is),
    );
    expect([alert, labels, matching.length > 0]).toEqual([alert, expect.any(Array), true]);
  }
});

test("code that is the whole repository is at its root", () => {
  const { annotations } = found(environments, {
    repository: { slug: "acme/my-app" },
    code: { [myApp.name]: { backend: { folder: "./" } } },
  }).get("component:default/my-app-backend")?.metadata ?? { annotations: undefined };
  expect(annotations?.["backstage.io/source-location"]).toBe("url:https://github.com/acme/my-app/tree/main/");
});

describe("lifecycle and environments", () => {
  const [, , , , production] = environments;
  const withoutProduction = environments.filter((one) => one !== production);

  test("is production where an environment of that profile has it, and experimental elsewhere", () => {
    const lifecycles = (specs: readonly EnvironmentSpec[]) =>
      [...found(specs).values()].flatMap(({ spec }) => spec?.lifecycle ?? []);
    expect(new Set(lifecycles(environments))).toEqual(new Set(["production"]));
    expect(new Set(lifecycles(withoutProduction))).toEqual(new Set(["experimental"]));
  });

  test("that are added bring no entity: links and annotations change alone", () => {
    expect([...found(withoutProduction).keys()]).toEqual([...found(environments).keys()]);
  });

  test("in another order give the same bytes", () => {
    expect(textOf([...environments].reverse())).toBe(reference);
  });
});

describe("stories", () => {
  const keys = (...args: Parameters<typeof found>): string[] => [...found(...args).keys()];
  const before = keys([laptop("one", shop())]);

  test("a workload that is renamed is another one, and nothing else is", async () => {
    const { api, ...others } = shop().workloads;
    if (api === undefined) throw new Error("no api");
    const renamed = shop({
      workloads: { ...others, front: api, mailer: worker({ image: IMAGE, needs: ["cache", "front"] }) },
    });
    expect(await catalogProblems(textOf([laptop("one", renamed)]))).toEqual([]);
    const after = keys([laptop("one", renamed)]);
    expect(before.filter((key) => !after.includes(key))).toEqual([
      "component:default/shop-api",
      "api:default/shop-api",
    ]);
    expect(after.filter((key) => !before.includes(key))).toEqual([
      "component:default/shop-front",
      "api:default/shop-front",
    ]);
  });

  test("a workload that is removed takes its API with it, and an option that names it is refused", () => {
    const without = shop({ workloads: { mailer: worker({ image: IMAGE, needs: ["cache"] }) } });
    expect(keys([laptop("one", without)])).toEqual([
      ...[
        "system:default/shop",
        "component:default/shop-mailer",
        "resource:default/shop-cache",
        "group:default/team-shop",
      ],
    ]);
    expect(() =>
      textOf([laptop("one", without)], { apis: { "shop/api": { type: "openapi", file: "api.yaml" } } }),
    ).toThrow('catalog.apis["shop/api"]: the model has no such thing; remove it, or use "shop/mailer"');
  });

  test("a workload that moves to another team has another owner, and its API and volumes too", async () => {
    const moved = shop({
      workloads: {
        api: http({
          ...{ image: IMAGE, owner: team({ name: "team-api", members: [{ name: "ada" }], parent: "engineering" }) },
          volumes: { files: { mountPath: "/files", size: "1Gi" } },
          replicas: 1,
        }),
        mailer: worker({ image: IMAGE, needs: ["api"] }),
      },
    });
    const text = textOf([laptop("one", moved)]);
    expect(await catalogProblems(text)).toEqual([]);
    const owners = relationsIn(entitiesIn(text)).filter(({ type, from }) => type === "owner" && !/cache/.test(from));
    expect(owners.map(({ from, to }) => `${from} ${to}`)).toEqual([
      "system:default/shop group:default/team-shop",
      "component:default/shop-api group:default/team-api",
      "component:default/shop-mailer group:default/team-shop",
      "api:default/shop-api group:default/team-api",
      "resource:default/shop-api.files group:default/team-api",
    ]);
    expect(relationsIn(entitiesIn(text)).filter(({ type }) => /parent|children|memberOf/.test(type))).toEqual([
      { from: "group:default/engineering", type: "children", to: "group:default/team-api" },
      { from: "group:default/team-api", type: "parent", to: "group:default/engineering" },
      { from: "user:default/ada", type: "memberOf", to: "group:default/team-api" },
    ]);
  });

  test("two applications are one catalog, in which a peer is the other one's API", async () => {
    const desk = shop({
      ...{ name: "desk", owner: "team-desk", services: {} },
      externals: {
        shop: peer({
          namespace: "shop-one",
          service: "shop-api",
          labels: { app: "shop-api" },
          port: 80,
          podPort: 3000,
        }),
        push: peer({ ...PUSH, namespace: "tools" }),
      },
      workloads: { web: http({ image: IMAGE, needs: ["shop", "push"] }) },
    });
    const specs = [laptop("one", shop(), desk)];
    const text = textOf(specs);
    expect(await catalogProblems(text)).toEqual([]);
    expect(comparable(relationsIn(entitiesIn(text)))).toEqual(modelRelations(loadEnvironments(specs)));
    expect(found(specs).get("component:default/desk-web")?.spec).toMatchObject({
      consumesApis: ["api:default/shop-api"],
      dependsOn: ["resource:default/desk-push"],
    });
    expect(keys(specs)).not.toContain("resource:default/desk-shop");
  });

  test("teams from elsewhere are named, and no entities of them are rendered", () => {
    const kinds = [...found([laptop("one", shop())], { teams: "elsewhere" }).values()].map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["System", "Component", "API", "Resource"]));
  });
});

describe("names", () => {
  const a = shop({ name: "a", services: {}, workloads: { "b-c": http({ image: IMAGE }) } });
  const ab = shop({ name: "a-b", services: {}, workloads: { c: http({ image: IMAGE }) } });

  test("that would meet are refused, until one is given", () => {
    expect(() => textOf([laptop("one", a, ab)])).toThrow(
      'catalog.names["a-b/c"]: its entity would be component:default/a-b-c, which a/b-c is; ' +
        'give one of the two a name of its own: names: { "a-b/c": "..." }',
    );
    expect([...found([laptop("one", a, ab)], { names: { "a-b/c": "other" } }).keys()]).toEqual(
      expect.arrayContaining(["component:default/a-b-c", "component:default/other"]),
    );
  });

  test("of volumes that would meet are refused with a way out, which is taken", async () => {
    const volumes = { v: { mountPath: "/files", size: "1Gi" } } as const;
    const one = shop({ ...a, workloads: { "b-c": http({ image: IMAGE, replicas: 1, volumes }) } });
    const other = shop({ ...ab, workloads: { c: http({ image: IMAGE, replicas: 1, volumes }) } });
    const specs = [laptop("one", one, other)];
    const names = { "a-b/c": "other" };
    expect(() => textOf(specs, { names })).toThrow(
      'catalog.names["a-b/c/v"]: its entity would be resource:default/a-b-c.v, which a/b-c/v is; ' +
        'give one of the two a name of its own: names: { "a-b/c/v": "..." }',
    );
    const given = { names: { ...names, "a-b/c/v": "other.v" } };
    expect(await catalogProblems(textOf(specs, given))).toEqual([]);
    expect(found(specs, given).get("component:default/other")?.spec?.dependsOn).toEqual(["resource:default/other.v"]);
  });

  test("longer than Backstage takes are cut, and depend on nothing but themselves", async () => {
    const external = "b".repeat(40);
    const long = shop({
      ...{ name: "a".repeat(40), services: {}, externals: { [external]: peer({ ...PUSH, namespace: "tools" }) } },
      workloads: { api: http({ image: IMAGE, needs: [external] }) },
    });
    expect(await catalogProblems(textOf([laptop("l", long)]))).toEqual([]);
    const names = (...others: readonly ReturnType<typeof shop>[]) =>
      [...found([laptop("l", long, ...others)]).keys()].filter((key) => /^resource:default\/a{40}/.test(key));
    expect(names()).toEqual([expect.stringMatching(/^resource:default\/a{40}-b{13}-[0-9a-f]{8}$/)]);
    expect(names(shop())).toEqual(names());
  });
});

describe("an API", () => {
  const grpc = shop({
    services: {},
    workloads: { api: http({ image: IMAGE, protocol: "grpc" }), web: http({ image: IMAGE, needs: ["api"] }) },
    routes: [{ host: "web", to: "web" }],
  });
  const specs = [laptop("one", grpc)];
  const definitionOf = (name: string, options = {}) => found(specs, options).get(`api:default/${name}`)?.spec;

  test("that nobody has described says so, and what the model knows", () => {
    expect(definitionOf("shop-api")).toMatchObject({
      type: "grpc",
      definition: "// No file describes this API.\n// In its namespace it answers gRPC at shop-api:80\n",
    });
    expect(definitionOf("shop-web")).toMatchObject({
      type: "http",
      definition:
        "No file describes this API.\nIn its namespace it answers at http://shop-web\n" +
        "In one: https://web.one.shop.example.com/, with all below it\n",
    });
  });

  test("that a file describes names the file, which Backstage reads", async () => {
    const options = { apis: { "shop/api": { type: "grpc", file: "api/shop.proto" } } } as const;
    expect(definitionOf("shop-api", options)).toMatchObject({
      type: "grpc",
      definition: { $text: "./api/shop.proto" },
    });
    expect(await catalogProblems(textOf(specs, options))).toEqual([]);
  });

  test("that a file describes is there of who takes messages too", async () => {
    const options = { apis: { "shop/mailer": { type: "asyncapi", file: "mails.yaml" } } } as const;
    const text = textOf([laptop("one", shop())], options);
    expect(await catalogProblems(text)).toEqual([]);
    const all = found([laptop("one", shop())], options);
    expect(all.get("api:default/shop-mailer")?.spec).toMatchObject({
      type: "asyncapi",
      definition: { $text: "./mails.yaml" },
    });
    expect(all.get("component:default/shop-mailer")?.spec?.providesApis).toEqual(["api:default/shop-mailer"]);
  });

  test("is none where a route is for people", () => {
    expect(definitionOf("shop-web", { types: { "shop/web": "website" } })).toBeUndefined();
  });
});

test("a domain has one owner: where its applications have several, the program says who", async () => {
  const desk = shop({ name: "desk", owner: "team-desk", domain: "sales" });
  const specs = [laptop("one", shop({ domain: "sales" }), desk)];
  expect(() => textOf(specs)).toThrow(
    "catalog.domains.sales: team-desk and team-shop own applications of it, and a domain has one owner; " +
      'say who: { "sales": { owner: "team-desk" } }',
  );
  const text = textOf(specs, { domains: { sales: { owner: "team-sales", title: "Sales" } } });
  expect(await catalogProblems(text)).toEqual([]);
});

test("texts of people are read back as they were, whatever YAML would make of them", () => {
  const hostile = [
    "&anchor",
    "*alias",
    "!!js/function x",
    "a: b # c",
    "no",
    "---\nkind: User",
    "$text: ./secret",
    "${{ x }}",
  ];
  for (const description of hostile) {
    expect(found([laptop("one", shop({ description }))]).get("system:default/shop")?.metadata.description).toBe(
      description,
    );
  }
});
