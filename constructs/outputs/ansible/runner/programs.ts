/*
 * Programs of a machine that runs jobs, each by version and sum. A file that is another one stops the play, whoever has changed it.
 * Sums are of the releases' own notes and lists, and were compared with what others have pinned in public, on 2026-11-30; that of the AWS CLI
 * for aarch64 with one alone.
 */

/** Processors, as Ansible calls them. */
export type Processor = "aarch64" | "x86_64";

export interface Archive {
  readonly url: string;
  readonly sha256: string;
  /** The program in it: `gh_2.102.0_linux_amd64/bin/gh`. Where the file is the program itself, its name. */
  readonly program: string;
}

export interface PinnedProgram {
  readonly version: string;
  /** What people and jobs call it. */
  readonly command: string;
  readonly archives: Readonly<Record<Processor, Archive>>;
}

const GH = "2.102.0";
const KUBECTL = "1.36.4";
const AWS_CLI = "2.37.4";

const gh = (processor: string, sha256: string): Archive => ({
  url: `https://github.com/cli/cli/releases/download/v${GH}/gh_${GH}_linux_${processor}.tar.gz`,
  sha256,
  program: `gh_${GH}_linux_${processor}/bin/gh`,
});

const kubectl = (processor: string, sha256: string): Archive => ({
  url: `https://dl.k8s.io/release/v${KUBECTL}/bin/linux/${processor}/kubectl`,
  sha256,
  program: "kubectl",
});

const aws = (processor: Processor, sha256: string): Archive => ({
  url: `https://awscli.amazonaws.com/awscli-exe-linux-${processor}-${AWS_CLI}.zip`,
  sha256,
  // Its installer would copy that folder, and link to this.
  program: "aws/dist/aws",
});

export const PROGRAMS = {
  gh: {
    version: GH,
    command: "gh",
    archives: {
      x86_64: gh("amd64", "bb766f710eef8ede859c18578c72c327597cd4c8a85b06001b1f3843c6019386"),
      aarch64: gh("arm64", "7862c86c72f43df3a2d93ddde6f473285b4e2af61b494849846827e513ef6484"),
    },
  },
  kubectl: {
    version: KUBECTL,
    command: "kubectl",
    archives: {
      x86_64: kubectl("amd64", "8b8f088da2dab964f853b38464033b1be15ede2839eca751482357c45abdd05a"),
      aarch64: kubectl("arm64", "0ecf44450ee6063bf19dd166a103ee6df4a9034455c2abce626e6eea657d73fb"),
    },
  },
  "aws-cli": {
    version: AWS_CLI,
    command: "aws",
    archives: {
      x86_64: aws("x86_64", "0c59444563f4df735eeb5481f6165f95dae546c33761760d8be9855d5cfe2d12"),
      aarch64: aws("aarch64", "869aa72b9bdb931a9158d0cea9f4f0dc3f7aecf24ea1552da549b87907d28ab2"),
    },
  },
} as const satisfies Readonly<Record<string, PinnedProgram>>;

export type ProgramName = keyof typeof PROGRAMS;

const RUNNER = "2.338.0";

const runner = (processor: string, sha256: string): Omit<Archive, "program"> => ({
  url: `https://github.com/actions/runner/releases/download/v${RUNNER}/actions-runner-linux-${processor}-${RUNNER}.tar.gz`,
  sha256,
});

/** The runner of GitHub Actions, which is unpacked anew for each job. */
export const ACTIONS_RUNNER = {
  version: RUNNER,
  archives: {
    x86_64: runner("x64", "af4b794c1bc41d73d40535e3fe092a39f9679cd8d965954c2aca25a05ca41d32"),
    aarch64: runner("arm64", "628b4a7258487b80c1d3c221095a7ded349f5ae0175fd3dfab708d07428f041b"),
  },
} as const;

/** Systems that it is for, each with its package of libicu, which has its version in its name and which the runner does not start without. */
export const SYSTEMS: Readonly<Record<string, string>> = {
  "Debian 12": "libicu72",
  "Debian 13": "libicu76",
  "Ubuntu 22.04": "libicu70",
  "Ubuntu 24.04": "libicu74",
};

/**
 * Suite of Microsoft's repository by the name of a system: it has none for Debian 13, where the package of Debian 12 works, as it brings its own
 * Python.
 */
export const AZURE_CLI_SUITES: Readonly<Record<string, string>> = {
  bookworm: "bookworm",
  trixie: "bookworm",
  jammy: "jammy",
  noble: "noble",
};

/** Fingerprint of the key that Microsoft signs its repository of the CLI by. */
export const MICROSOFT_KEY = "BC528686B50D79E339D3721CEB3E94ADBE1229CF";
