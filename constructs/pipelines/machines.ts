/*
 * Machines that jobs run on, by their labels: a job asks for some, and a machine that has all of them may be given it.
 */

/** Labels of a machine, or that a job asks for: one, or several that hold together. */
export type Labels = string | readonly string[];

/** What a machine is for: jobs that plan, or jobs that apply. */
export const MACHINE_KINDS = ["plan", "apply"] as const;

export type MachineKind = (typeof MACHINE_KINDS)[number];

/** Labels as a list. */
export function labelsOf(labels: Labels): readonly string[] {
  return [labels].flat();
}

/** Whether they are those of one of GitHub's own machines. */
export function isHosted(labels: Labels): boolean {
  return /^(?:ubuntu|windows|macos)-/.test(labelsOf(labels)[0] ?? "");
}

/** Whether a machine that has the labels of one may be given jobs of the other: those of one are among those of the other. */
export function isWithin(one: Labels, other: Labels): boolean {
  const [mine, others] = [labelsOf(one), labelsOf(other)];
  return mine.every((label) => others.includes(label)) || others.every((label) => mine.includes(label));
}

/** What a machine of one's own has to have, for jobs of a cloud. */
export interface PipelineMachine {
  /** Programs that steps start and none installs, beside those that every job uses. */
  readonly programs: readonly MachineProgram[];
  /** Addresses at which the cloud tells every program on a machine who the machine is, and gives out its token. */
  readonly metadata: readonly MetadataAddress[];
}

export type MachineProgram = "aws-cli" | "azure-cli";

export interface MetadataAddress {
  /** `169.254.169.254` */
  readonly address: string;
  /** Whether names are resolved there, too, at port 53. */
  readonly resolves: boolean;
}
