import { rights } from "../../cli/commands/rights";
import { Program } from "../../cli/program";
import { formsOf, repositoryOf } from "../../cli/rights/asked";
import { type Rights, rightsOf } from "../../cli/rights/rights-of";
import { aws } from "../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../constructs/environment";
import { target, workflows, type WorkflowsOptions } from "../../constructs/outputs/outputs";
import { environments } from "../../environments";
import { WORKFLOWS } from "../../environments/outputs";
import { production } from "../../environments/production";
import { staging } from "../../environments/staging";

/* What `goldenpath rights` says of each reference environment, with the workflows that deploy it. */

export const REPOSITORY = { owner: "Acme", ownerId: 1234, name: "Orders-API", id: 5678 } as const;
const GIVEN = { repository: "Acme/Orders-API", "owner-id": "1234", "repository-id": "5678" } as const;

/** A subscription in which no apply has a right. */
export const IDENTITIES_IN = "55555555-5555-4555-8555-555555555555";

/** The reference environment with a boundary, which those that are shipped leave out. */
const bounded = (
  one: EnvironmentSpec,
  accountId: string,
  zone: { readonly name: string; readonly id: string },
): EnvironmentSpec => ({
  ...one,
  cloud: aws({
    accountId,
    region: "eu-central-1",
    network: { cidr: accountId.startsWith("1") ? "10.10.0.0/16" : "10.20.0.0/16" },
    endpoint: { access: "private" },
    permissionsBoundary: `arn:aws:iam::${accountId}:policy/goldenpath-boundary`,
    access: {
      deployers: [`arn:aws:iam::${accountId}:role/goldenpath-deployer`],
      administrators: [`arn:aws:iam::${accountId}:role/platform-administrator`],
    },
    dns: { zones: [zone] },
  }),
});

export const ENVIRONMENTS: readonly EnvironmentSpec[] = [
  ...environments.filter(({ name }) => name !== "staging" && name !== "production"),
  bounded(staging, "111111111111", { name: "staging.example.com", id: "Z0EXAMPLESTAGING" }),
  bounded(production, "222222222222", { name: "example.com", id: "Z0EXAMPLEPROD" }),
];

const deploys = (first: string, second: string): WorkflowsOptions => ({
  ...WORKFLOWS,
  deploys: [
    {
      environment: first,
      branch: "develop",
      url: "https://a.example.com",
      runners: { plan: "a-plan", apply: "a-apply" },
    },
    {
      environment: second,
      branch: "main",
      url: "https://b.example.com",
      runners: { plan: "b-plan", apply: "b-apply" },
    },
  ],
});

export const HERE = deploys("staging", "production");
export const ELSEWHERE = deploys("gke-staging", "aks-staging");

/** A program with these environments and workflows. */
export function programOf(
  options: WorkflowsOptions | undefined,
  specs: readonly EnvironmentSpec[] = ENVIRONMENTS,
): Program {
  const file = (exported: Readonly<Record<string, unknown>>) => ({
    path: "x.ts",
    load: () => Promise.resolve(exported),
  });
  return new Program({
    root: "/program",
    home: "",
    outdir: "cdktf.out",
    manifest: { name: "goldenpath", version: "0.0.0" } as never,
    terminal: false,
    sources: {} as never,
    files: {
      environments: file({ environments: specs }),
      ...(options !== undefined && { outputs: file({ outputs: [target(workflows, { options })] }) }),
    },
  });
}

export interface Asked {
  readonly environment: string;
  readonly release?: "helm" | "terraform";
  readonly options?: WorkflowsOptions;
  readonly values?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** Whether it takes previews, and the workflows deploy them. @default false */
  readonly previews?: boolean;
}

export const NAMES = ["staging", "production", "gke-staging", "aks-staging"] as const;

export interface Answer {
  readonly out: string;
  readonly error: string;
  readonly exit: number;
}

let before: Promise<unknown> = Promise.resolve();

/** Runs the command in this process, one after another: what they print is this process's. */
export function ask(asked: Asked): Promise<Answer> {
  const next = before.then(() => askNow(asked));
  before = next.catch(() => undefined);
  return next;
}

/** What is asked, with what every other question has in common. */
function completed({ environment, release = "terraform", options: asked, values = {}, previews = false }: Asked) {
  const isHere = environment === "staging" || environment === "production";
  const options = asked ?? (isHere ? HERE : ELSEWHERE);
  const isIt = (one: { readonly environment: string } | EnvironmentSpec): boolean =>
    previews && ("name" in one ? one.name : one.environment) === environment;
  const given = { ...GIVEN, ...(environment === "aks-staging" && { "identities-in": IDENTITIES_IN }), ...values };
  return {
    options: {
      ...options,
      deploys: options.deploys.map((one) => (isIt(one) ? { ...one, previews: true } : one)),
    },
    values: new Map(Object.entries(given).filter(([, value]) => value !== "")),
    specs: ENVIRONMENTS.map((one) => ({
      ...one,
      release,
      ...(isIt(one) && { previews: { domain: `${environment}.example.com` } }),
    })),
  };
}

async function askNow(asked: Asked): Promise<Answer> {
  const { options, values, specs } = completed(asked);
  const said = { out: "", error: "" };
  const writes = [
    jest.spyOn(process.stdout, "write").mockImplementation((text) => ((said.out += String(text)), true)),
    jest.spyOn(process.stderr, "write").mockImplementation((text) => ((said.error += String(text)), true)),
  ];
  try {
    const given = { words: [asked.environment], flags: new Set(asked.flags), values };
    const exit = await rights.run(given, programOf(options, specs));
    return { ...said, exit };
  } finally {
    for (const write of writes) write.mockRestore();
  }
}

export type Told = Rights;

/** The same without the command: what it prints as JSON. */
export async function told(asked: Asked): Promise<Told> {
  const { options, values, specs } = completed(asked);
  const made = await rightsOf({
    name: asked.environment,
    environments: specs,
    outputs: () => programOf(options, specs).outputsIfAny(),
    repository: () => repositoryOf(values),
    forms: formsOf(values.get("subjects")),
    identitiesIn: values.get("identities-in"),
  });
  if ("none" in made) throw new Error(made.none);
  return made;
}
