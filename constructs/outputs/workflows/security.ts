import { ACTIONS } from "../../pipelines/actions";
import { type BuildContext, builtDigest, builtName, REGISTRY } from "./build";
import { type BuiltImage, jobOf } from "./code";
import { auditSteps } from "./languages";
import { checkout, READ_CODE } from "./steps";
import type { Job, Permission, Step } from "./workflow";

/** Release of Trivy: that which the pinned action brings by itself, said here so that another pin brings no other by accident. */
const TRIVY = "v0.70.0";

/** Findings that stop a deploy: those that somebody has mended, of the two highest severities. Others are reported only. */
const BLOCKING = { severity: "CRITICAL,HIGH", "ignore-unfixed": true } as const;

/** Stops at what blocks, and prints it. */
const gate = (image: string, isInstalled: boolean): Step => ({
  name: "Stop at CRITICAL and HIGH findings that have a fix",
  uses: ACTIONS.trivy,
  with: {
    "image-ref": image,
    format: "table",
    ...BLOCKING,
    "exit-code": "1",
    version: TRIVY,
    ...(isInstalled && { "skip-setup-trivy": true }),
  },
});

/** Looks at the packages and at the image of a pull request. Nothing is uploaded: a fork may not. */
export const lookAtTried =
  (image: BuiltImage) =>
  (name: string): readonly Step[] => [...auditSteps(image), gate(name, false)];

/** What a job needs to upload findings: of a private repository it has to read its own run, too. */
const UPLOADS: readonly Permission[] = [
  { scope: "security-events", access: "write", why: "to upload what was found" },
  { scope: "actions", access: "read", why: "to say which run found it" },
];

/** Looks at what was built, by its digest. */
export function securityJob(image: BuiltImage, { images, runner, sarif }: BuildContext): Job {
  const reference = `${builtName(image, images)}@${builtDigest(image, images)}`;
  return {
    name: `Security of ${image.name}`,
    needs: [jobOf("build", image, images)],
    runsOn: runner,
    timeoutMinutes: 20,
    permissions: [
      READ_CODE,
      { scope: "packages", access: "read", why: "to pull the image" },
      ...(sarif ? UPLOADS : []),
    ],
    steps: [
      checkout,
      {
        name: `Sign in to ${REGISTRY}`,
        uses: ACTIONS.login,
        with: { registry: REGISTRY, username: "${{ github.actor }}", password: "${{ github.token }}" },
      },
      ...(sarif ? sarifSteps(reference, image) : []),
      ...auditSteps(image),
      gate(reference, sarif),
    ],
  };
}

function sarifSteps(reference: string, { name }: BuiltImage): readonly Step[] {
  const report = `trivy-${name}.sarif`;
  return [
    {
      name: "Report every finding",
      uses: ACTIONS.trivy,
      with: { "image-ref": reference, format: "sarif", output: report, "exit-code": "0", version: TRIVY },
    },
    {
      name: "Upload the report",
      uses: ACTIONS.uploadSarif,
      with: { sarif_file: report, category: `trivy-${name}` },
    },
  ];
}
