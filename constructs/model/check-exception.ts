/**
 * Findings of a scanner (`npm run scan`) that stand, with the reason. It is kept beside what it excuses, so that whoever
 * changes the one reads the other; a finding without an exception fails CI, and so does an exception without a finding.
 */
export interface CheckException {
  /** `CKV_AWS_18` of checkov, `container-image-tag` of kube-score, `E3670` of cloudformation-validate. */
  readonly checks: readonly string[];
  /** A sentence for whoever reviews the scan, without an end: they are printed as a list. */
  readonly reason: string;
  /** Whether the values that were given leave no choice. @default false, it is a judgement of ours */
  readonly given?: boolean;
}
