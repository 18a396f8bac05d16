import { OBJECT_EXCEPTIONS } from "../../constructs/kubernetes/check-exceptions";
import type { CheckException } from "../../constructs/model/check-exception";

/** What a scanner looks at: a Terraform resource or a Kubernetes object. */
export interface Subject {
  /** Title for people: `production: aws_s3_bucket my-app/Services/uploads`. */
  readonly title: string;
  readonly exceptions: readonly CheckException[];
}

export interface Finding {
  readonly subject: Subject;
  readonly check: string;
  readonly text: string;
}

/** What one scanner said of everything it was given. */
export interface Scan {
  /** `checkov 3.3.30` */
  readonly tool: string;
  /** `386 resources in 8 stacks` */
  readonly scope: string;
  readonly subjects: readonly Subject[];
  /** Whether a check of this id is one of this scanner's. */
  readonly owns: (check: string) => boolean;
  /** Checks that passed, where the scanner counts them. */
  readonly passed?: number;
  readonly findings: readonly Finding[];
  readonly planted: number;
  /** Why its word cannot be trusted: something it did not look at, a planted violation it did not find. */
  readonly failures: readonly string[];
}

/** Has every exception of Kubernetes objects, also those that apply to no object of the shipped environments. */
export const ANY_OBJECT: Subject = { title: "Kubernetes objects", exceptions: OBJECT_EXCEPTIONS };

/** A scanner that could not run at all. */
export class ScanError extends Error {}
