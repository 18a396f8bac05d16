import { AWS_APPLICATION, AWS_APPLY, AWS_BOUNDARY, AWS_DEPLOY, AWS_PLAN, AWS_PREVIEW, AWS_SWEEP } from "./aws";
import { AZURE_APPLICATION, AZURE_APPLY, AZURE_PLAN } from "./azure";
import { GOOGLE_APPLICATION, GOOGLE_APPLY, GOOGLE_DEPLOY, GOOGLE_PLAN, googleRoleCommand } from "./google";
import { awsSample, azureSample, googleCommands } from "./trust";

const FILE = "docs/operations/rights.md";

const json = (value: unknown): string => `\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`;
const shell = (text: string): string => `\n\`\`\`sh\n${text}\n\`\`\`\n`;
const list = (roles: readonly string[]): string => `\n${roles.map((role) => `- \`${role}\``).join("\n")}\n`;

/** Samples of rights, each between its marks. */
export const RIGHTS = [
  { file: FILE, mark: "aws-boundary", content: () => json(AWS_BOUNDARY) },
  { file: FILE, mark: "aws-plan", content: () => json(AWS_PLAN) },
  { file: FILE, mark: "aws-apply", content: () => json(AWS_APPLY) },
  { file: FILE, mark: "aws-deploy", content: () => json(AWS_DEPLOY) },
  { file: FILE, mark: "aws-preview", content: () => json(AWS_PREVIEW) },
  { file: FILE, mark: "aws-sweep", content: () => json(AWS_SWEEP) },
  { file: FILE, mark: "aws-application", content: () => json(AWS_APPLICATION) },
  { file: FILE, mark: "google-plan", content: () => list(GOOGLE_PLAN) },
  { file: FILE, mark: "google-plan-role", content: () => shell(googleRoleCommand()) },
  { file: FILE, mark: "google-apply", content: () => list(GOOGLE_APPLY) },
  { file: FILE, mark: "google-deploy", content: () => list(GOOGLE_DEPLOY) },
  { file: FILE, mark: "google-application", content: () => list(GOOGLE_APPLICATION) },
  { file: FILE, mark: "azure-plan", content: () => json(AZURE_PLAN) },
  { file: FILE, mark: "azure-apply", content: () => json(AZURE_APPLY) },
  { file: FILE, mark: "azure-application", content: () => json(AZURE_APPLICATION) },
  { file: FILE, mark: "aws-trust-plan", content: () => json(awsSample("plan")) },
  { file: FILE, mark: "aws-trust-apply", content: () => json(awsSample("apply")) },
  { file: FILE, mark: "google-trust", content: () => shell(googleCommands()) },
  { file: FILE, mark: "azure-trust", content: () => json(azureSample("apply")) },
];
