/*
 * Every action that a rendered workflow uses, by the commit that its tag was at when it was read. A tag can be moved, and has been: on
 * 2026-03-19 76 of the 77 tags of trivy-action led to somebody else's code for half a day. Nothing else in this program names a version of one.
 */

/** An action of GitHub's, pinned. */
export interface PinnedAction {
  /** `owner/repository`, with the folder of the action where it is not the root: `github/codeql-action/upload-sarif`. */
  readonly action: string;
  /** The release that the commit is, said behind it for people and for programs that raise it. */
  readonly tag: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** Day of the release: `2026-08-17`. */
  readonly date: string;
}

export const ACTIONS = {
  checkout: {
    action: "actions/checkout",
    tag: "v7.0.1",
    commit: "3d3c42e5aac5ba805825da76410c181273ba90b1",
    date: "2026-07-17",
  },
  setupNode: {
    action: "actions/setup-node",
    tag: "v7.0.0",
    commit: "820762786026740c76f36085b0efc47a31fe5020",
    date: "2026-07-13",
  },
  uploadArtifact: {
    action: "actions/upload-artifact",
    tag: "v7.0.0",
    commit: "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
    date: "2026-02-25",
  },
  downloadArtifact: {
    action: "actions/download-artifact",
    tag: "v8.0.1",
    commit: "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
    date: "2026-03-12",
  },
  attest: {
    action: "actions/attest",
    tag: "v4.2.2",
    commit: "1e69f48acb82d1966a394da916b4c1698aa569d6",
    date: "2026-08-04",
  },
  appToken: {
    action: "actions/create-github-app-token",
    tag: "v3.1.1",
    commit: "1b10c78c7865c340bc4f6099eb2f838309f1e8c3",
    date: "2026-04-11",
  },
  setupPhp: {
    action: "shivammathur/setup-php",
    tag: "2.37.2",
    commit: "f3e473d116dcccaddc5834248c87452386958240",
    date: "2026-06-08",
  },
  setupBuildx: {
    action: "docker/setup-buildx-action",
    tag: "v4.3.0",
    commit: "37fe631027851001ddb9b187196cc803df7f5f0e",
    date: "2026-08-17",
  },
  login: {
    action: "docker/login-action",
    tag: "v4.1.0",
    commit: "4907a6ddec9925e35a0a9e82d7399ccc52663121",
    date: "2026-04-02",
  },
  buildPush: {
    action: "docker/build-push-action",
    tag: "v7.3.0",
    commit: "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a",
    date: "2026-07-01",
  },
  trivy: {
    action: "aquasecurity/trivy-action",
    tag: "v0.36.0",
    commit: "ed142fd0673e97e23eac54620cfb913e5ce36c25",
    date: "2026-04-22",
  },
  uploadSarif: {
    action: "github/codeql-action/upload-sarif",
    tag: "v4.36.2",
    commit: "8aad20d150bbac5944a9f9d289da16a4b0d87c1e",
    date: "2026-06-04",
  },
  setupHelm: {
    action: "azure/setup-helm",
    tag: "v5.0.1",
    commit: "9bc31f4ebc9c6b171d7bfbaa5d006ae7abdb4310",
    date: "2026-06-23",
  },
  setupOpentofu: {
    action: "opentofu/setup-opentofu",
    tag: "v2.0.2",
    commit: "a1320f892987e89d278cc92dc5adc984fb93aca4",
    date: "2026-06-29",
  },
  setupTerraform: {
    action: "hashicorp/setup-terraform",
    tag: "v4.0.1",
    commit: "dfe3c3f87815947d99a8997f908cb6525fc44e9e",
    date: "2026-05-12",
  },
  signInToAws: {
    action: "aws-actions/configure-aws-credentials",
    tag: "v6.2.3",
    commit: "e6de054238d6b7531b4efff3b6587d9aade6a06c",
    date: "2026-07-22",
  },
  signInToGoogle: {
    action: "google-github-actions/auth",
    tag: "v3.0.0",
    commit: "7c6bc770dae815cd3e89ee6cdf493a5fab2cc093",
    date: "2025-08-28",
  },
  setupGcloud: {
    action: "google-github-actions/setup-gcloud",
    tag: "v3.0.1",
    commit: "aa5489c8933f4cc7a4f7d45035b3b1440c9c10db",
    date: "2025-08-28",
  },
  signInToAzure: {
    action: "azure/login",
    tag: "v3.0.1",
    commit: "f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca",
    date: "2026-08-04",
  },
} as const satisfies Readonly<Record<string, PinnedAction>>;

/** `actions/checkout@3d3c…`, as a step names it. */
export const usesOf = ({ action, commit }: PinnedAction): string => `${action}@${commit}`;
