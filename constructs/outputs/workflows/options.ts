import type { Source } from "../compose/source";
import type { Runner } from "./workflow";

/** What the workflows of a repository are made of, beside its environments. */
export interface WorkflowsOptions {
  /** Name of the application. */
  readonly application: string;
  /**
   * The code of its images, by the last part of an image's name: `backend` of `registry.example.com/backend:v1.2.3`. What is not named is built
   * elsewhere, and stays as the model has it.
   */
  readonly images: Readonly<Record<string, ImageCode>>;
  /** Where it goes, in the order of the jobs. */
  readonly deploys: readonly Deploy[];
  /** Folder with the chart of each application. @default "helm" */
  readonly charts?: string;
  /**
   * Folder with a file of images for each environment that Terraform releases, `<environment>.json`, which the environment reads
   * (`withImages`). @default "images"
   */
  readonly imagesFolder?: string;
  /**
   * GitHub App that commits images to the branches of environments that Terraform releases, by its name in addresses: `acme-releases`. It has
   * `contents: write` on this repository and no other right, and is among those who may push past the branches' rules.
   * @default - none: needed where Terraform releases
   */
  readonly committer?: string;
  /** What plans and applies stacks. @default - OpenTofu 1.12.6 */
  readonly engine?: Engine;
  /** Commands that try a pull request before its stacks are planned. @default ["npm test"] */
  readonly checks?: readonly string[];
  /** File of risks that may pass although the report stops at them (`goldenpath report --acknowledged`). @default - none */
  readonly acknowledged?: string;
  /** Times at which stacks are compared with what is there, by cron, in UTC; `false`: never. @default "23 4 * * 1-5" */
  readonly drift?: string | false;
  /** Times at which previews that are over are swept, by cron, in UTC. @default "41 * * * *" */
  readonly sweep?: string;
  /** Label of GitHub's machines that build and test. @default "ubuntu-24.04" */
  readonly runner?: string;
  /**
   * Whether findings are uploaded as SARIF, which GitHub takes in public repositories, and in private ones with Code Security.
   * @default true
   */
  readonly sarif?: boolean;
  /**
   * Whether what a pull request's plans do is signed by GitHub, and counts as reviewed with that signature alone: for public repositories, and
   * private ones on GitHub Enterprise Cloud. @default false
   */
  readonly attest?: boolean;
  /**
   * Whether an image is tagged with its branch, too, and not with branch and commit alone. `false` for a registry that refuses to move a tag.
   * @default true
   */
  readonly branchTag?: boolean;
}

/** OpenTofu or Terraform, at a release: that which people use, as a state that a later one has written an earlier one does not read. */
export interface Engine {
  readonly name: "opentofu" | "terraform";
  /** `1.12.6` */
  readonly version: string;
}

/** The code of an image, and how it is tried. */
export interface ImageCode extends Pick<Source, "contexts" | "dockerfile" | "folder" | "target"> {
  /** Arguments of the Dockerfile. @default - its own */
  readonly args?: Readonly<Record<string, string>>;
  readonly language: Language;
}

export type Language = Node | Php;

export interface Php {
  readonly name: "php";
  /** `8.4` */
  readonly version: string;
  /** Extensions beside those that PHP has by itself: `["pdo_mysql", "redis"]`. @default - none */
  readonly extensions?: readonly string[];
  /** Folders whose lines are counted and looked at, from that of the code. @default ["src"] */
  readonly sources?: readonly string[];
  /** Release of PHPStan: `2.1.33`. */
  readonly phpstan: string;
  /** How strict it is, 0 to 10. @default 5 */
  readonly level?: number;
  /** Suite of PHPUnit that is tried against every service of the application. @default - none, and no such job */
  readonly integration?: string;
}

export interface Node {
  readonly name: "node";
  /** `24` */
  readonly version: string;
}

/**
 * Machines of an environment. That which plans runs the code of pull requests as they have it; that which applies never does, so the two have
 * no label in common, but for those that every machine has.
 */
export interface Runners {
  readonly plan: Runner;
  readonly apply: Runner;
}

/** An environment that a branch is deployed to. */
export interface Deploy {
  /** Name of the environment, which is that of the environment on GitHub, too: its reviewers approve. */
  readonly environment: string;
  readonly branch: string;
  /** Address that people see it at. */
  readonly url: string;
  /** Addresses that answer with a success once it works. `[]` where it has none, as a worker: that its pods are ready is then all. @default - `url` */
  readonly smoke?: readonly string[];
  /**
   * What runs jobs that ask the Kubernetes API: machines in the environment's network, or at addresses that it lets in, where it does not answer
   * everybody. @default - GitHub's "ubuntu-24.04" for both
   */
  readonly runners?: Runners;
  /**
   * Whether people approve: those who review GitHub's environment of that name. A job stops where GitHub asks nobody.
   * @default false
   */
  readonly approval?: boolean;
  /** Further arguments of `helm upgrade`, each as `--name` or `--name=value`. @default - none */
  readonly helm?: readonly string[];
  /**
   * Whether each pull request against its branch gets a preview in its cluster, of an environment that says `previews`. Nodes pull images of
   * pull requests from this repository's packages on GitHub without a password, so that those are public.
   * @default false
   */
  readonly previews?: boolean;
}
