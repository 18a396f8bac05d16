import type { Accepted, PinnedVersion } from "../../services/pinned-version";
import type { Fact } from "../pin";
import { NODE } from "./images";

const program = (name: string, said: PinnedVersion): Fact => ({ kind: "program", names: [name], ...said });

const TERRAFORM = { product: "Terraform", source: "https://endoflife.date/terraform", read: "2026-08-22" } as const;
const OPENTOFU = { product: "OpenTofu", source: "https://endoflife.date/opentofu", read: "2026-08-22" } as const;

/** Stacks say the lowest engine that they work with; nobody need run it. */
const LOWEST: Accepted = {
  until: "2027-11-28",
  reason: "the lowest version that stacks accept, not one to run: take a supported one",
};

/** What runs this program, its stacks and its playbooks: engines, Node.js and Ansible. */
export const PROGRAMS: readonly Fact[] = [
  program("terraform", {
    ...TERRAFORM,
    version: "1.15",
    endOfSupport: undefined,
    endedBy: "the second after it ends it",
  }),
  program("terraform", { ...TERRAFORM, version: "1.11", endOfSupport: "2025-08-20", accepted: LOWEST }),
  program("opentofu", { ...OPENTOFU, version: "1.12", endOfSupport: "2027-02-01" }),
  program("opentofu", { ...OPENTOFU, version: "1.11", endOfSupport: "2026-08-19", accepted: LOWEST }),
  program("node", {
    ...NODE[20],
    accepted: { until: "2027-11-28", reason: "works too, and nothing here needs it: take 24" },
  }),
  program("node", NODE[22]),
  program("node", NODE[24]),
  program("ansible-core", {
    product: "ansible-core",
    version: "2.19",
    // Its month is said, and no day.
    endOfSupport: "2026-11-30",
    source: "https://docs.ansible.com/ansible/latest/reference_appendices/release_and_maintenance.html",
    read: "2026-11-30",
    accepted: {
      until: "2027-05-31",
      reason: "the newest that runs on Python 3.11, by which playbooks are tried; take a later one where Python is",
    },
  }),
];
