import type { EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import type { ApplicationOverlay } from "../../../constructs/model/environment";
import { InvalidInput } from "../../../constructs/model/problem";
import { readSources } from "../../../constructs/requests/read-request";
import { withRequests } from "../../../constructs/requests/with-requests";
import { answerRequests } from "../../../stacks/requests/answers";
import { environments, POLICY, reports, TODAY } from "./support/world";

/* A program may have words of its own for what was asked for. Without the request they are of nothing, and an answer is to be had. */

const FILES = {
  bills:
    "request: database\nname: bills\napplication: reports\nusedBy: [web]\ndata: internal\ndefault: true\nreason: A\nrequestedBy: a\n",
  help: "request: domain\nname: help\napplication: reports\nto: web\npath: /help\ndomains: {}\nreason: A\nrequestedBy: a\n",
};

function answers(overlay: Partial<ApplicationOverlay>, spec: Partial<typeof reports> = {}) {
  const [lab] = environments.filter(({ name }) => name === "lab");
  const own = application({ ...reports, ...spec });
  const made = [lab].flatMap((one): EnvironmentSpec[] =>
    one === undefined
      ? []
      : [{ ...one, applications: one.applications.map((each) => ({ ...each, application: own, ...overlay })) }],
  );
  const sources = Object.entries(FILES).map(([name, text]) => ({
    file: `requests/${name}.yaml`,
    content: Buffer.from(text),
  }));
  return answerRequests({
    environments: withRequests(made, readSources("requests", sources), POLICY),
    names: [],
    today: TODAY,
  });
}

test("an environment's size, passwords, promise and drops of a requested service, and its domain of a requested host", () => {
  const [bills, help] = answers({
    services: { bills: { size: "medium", passwords: 2 } },
    drops: ["bills"],
    hosts: { main: "reports.localhost", help: "help.localhost" },
    routes: { "help/help": { timeoutSeconds: 20 } },
  });
  expect(bills?.decision.is).toBe("allowed");
  expect(bills?.environments[0]?.resources.create).toBeGreaterThan(3);
  expect(help?.environments[0]?.notes.join("\n")).toContain("help.localhost/help can be asked for now");
});

test("an application's main host and default service that were asked for", () => {
  const hosts = { main: "reports.localhost", help: "help.localhost" };
  const all = answers({ hosts }, { mainHost: "help", defaultServices: ["bills"] });
  expect(all.map(({ decision }) => decision.is)).toEqual(["allowed", "allowed"]);
});

test("what else of the program rests on a request is told with the request, and decisions are to be had", () => {
  const hosts = { main: "reports.localhost", help: "help.localhost" };
  const web = { ...reports.workloads.web, needs: ["bills"] } as (typeof reports.workloads)[string];
  const withoutEdge = FILES.bills.replace("[web]", "[]");
  const [lab] = environments.filter(({ name }) => name === "lab");
  const own = application({ ...reports, workloads: { web } });
  const made = (lab === undefined ? [] : [lab]).map((one) => ({
    ...one,
    applications: one.applications.map((each) => ({ ...each, application: own, hosts })),
  }));
  const sources = [
    { file: "requests/bills.yaml", content: Buffer.from(withoutEdge) },
    { file: "requests/help.yaml", content: Buffer.from(FILES.help) },
  ];
  const asked = { environments: withRequests(made, readSources("requests", sources), POLICY), names: ["bills"] };
  expect(() => answerRequests({ ...asked, today: TODAY })).toThrow(InvalidInput);
  expect(() => answerRequests({ ...asked, today: TODAY })).toThrow(
    /^requests\/bills\.yaml:1: requests\.bills: cannot be compared, as the program without it has the problems below; .*\napplications\.reports\.workloads\.web\.needs\[0\]: /,
  );
  expect(answerRequests({ ...asked, today: TODAY, consequences: false })[0]?.decision.is).toBe("allowed");
});
