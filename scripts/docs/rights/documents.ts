import { AWS_BOUNDARY, AWS_DEPLOY, AWS_PLAN } from "./aws";
import { AZURE_DEPLOY, AZURE_PLAN } from "./azure";
import { googleRoles } from "./google";
import { awsTrust, azureTrust, googleCommands, sampleSubjects } from "./trust";

const FILE = "docs/operations/rights.md";

const json = (value: unknown): string => `\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`;
const shell = (text: string): string => `\n\`\`\`sh\n${text}\n\`\`\`\n`;
const list = (roles: readonly string[]): string => `\n${roles.map((role) => `- \`${role}\``).join("\n")}\n`;

/** Samples of rights, each between its marks. */
export const RIGHTS = [
  { file: FILE, mark: "aws-boundary", content: () => json(AWS_BOUNDARY) },
  { file: FILE, mark: "aws-plan", content: () => json(AWS_PLAN) },
  { file: FILE, mark: "aws-deploy", content: () => json(AWS_DEPLOY) },
  { file: FILE, mark: "google-plan", content: () => list(googleRoles("plan")) },
  { file: FILE, mark: "google-deploy", content: () => list(googleRoles("deploy")) },
  { file: FILE, mark: "azure-plan", content: () => json(AZURE_PLAN) },
  { file: FILE, mark: "azure-deploy", content: () => json(AZURE_DEPLOY) },
  { file: FILE, mark: "aws-trust-plan", content: () => json(awsTrust(sampleSubjects("plan"))) },
  { file: FILE, mark: "aws-trust-apply", content: () => json(awsTrust(sampleSubjects("apply"))) },
  { file: FILE, mark: "google-trust", content: () => shell(googleCommands()) },
  { file: FILE, mark: "azure-trust", content: () => json(azureTrust(sampleSubjects("apply"))) },
];
