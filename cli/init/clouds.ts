/** What a new program says of the cloud it is for. */
export interface NewCloud {
  /** Bindings to install beside those of Kubernetes and Helm. */
  readonly bindings: readonly string[];
  /** Name of its one environment, what the program calls its value, and its domain. */
  readonly environment: string;
  readonly value: string;
  readonly domain: string;
  /** How the environment imports and makes its cloud, with what has to be replaced named. */
  readonly imports: string;
  readonly expression: string;
}

const ENDPOINT = `// Who may ask the Kubernetes API: the addresses of your runners.
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },`;

/** Clouds that a program can be begun on, by the word that `--cloud` takes. */
export const NEW_CLOUDS: Readonly<Record<string, NewCloud>> = {
  aws: {
    bindings: ["aws", "random", "time"],
    environment: "staging",
    value: "staging",
    domain: "staging.example.com",
    imports: 'import { aws } from "goldenpath/aws";',
    expression: `aws({
    // Yours: account, region, a network that no other one of yours overlaps.
    accountId: "111111111111",
    region: "eu-central-1",
    network: { cidr: "10.10.0.0/16" },
    ${ENDPOINT}
    access: {
      deployers: ["arn:aws:iam::111111111111:role/deployer"],
      administrators: ["arn:aws:iam::111111111111:role/administrator"],
    },
    dns: { zones: [{ name: "staging.example.com", id: "Z0EXAMPLESTAGING" }] },
  })`,
  },
  google: {
    bindings: ["google", "random", "time"],
    environment: "staging",
    value: "staging",
    domain: "staging.example.com",
    imports: 'import { google } from "goldenpath/google";',
    expression: `google({
    // Yours: project, region, a network that no other one of yours overlaps.
    project: "example-staging",
    region: "europe-west3",
    network: { cidr: "10.10.0.0/16" },
    ${ENDPOINT}
    access: {
      deployers: ["serviceAccount:deployer@example-staging.iam.gserviceaccount.com"],
      administrators: ["group:platform@example.com"],
    },
    dns: { zones: [{ domain: "staging.example.com", name: "staging-example-com" }] },
  })`,
  },
  azure: {
    bindings: ["azurerm", "random", "time"],
    environment: "staging",
    value: "staging",
    domain: "staging.example.com",
    imports: 'import { azure } from "goldenpath/azure";',
    expression: `azure({
    // Yours: subscription, tenant, location, a network that no other one of yours overlaps.
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    location: "germanywestcentral",
    network: { cidr: "10.10.0.0/16" },
    ${ENDPOINT}
    access: {
      deployers: ["33333333-3333-4333-8333-333333333333"],
      administrators: ["44444444-4444-4444-8444-444444444444"],
    },
    dns: { zones: [{ name: "staging.example.com", resourceGroup: "dns" }] },
  })`,
  },
  local: {
    bindings: ["random"],
    environment: "local",
    value: "localEnvironment",
    domain: "localhost",
    imports: 'import { local } from "goldenpath/local";',
    // The cluster that the kubeconfig points to: kind, k3d, minikube, Docker Desktop.
    expression: "local()",
  },
};
