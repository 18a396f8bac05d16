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

/** What runs this program and its stacks: engines and Node.js. */
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
];
