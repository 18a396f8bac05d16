import { PROTECTED_LABEL } from "../../constructs/kubernetes/protection";
import { environments } from "../../environments";
import { synthesizeReference } from "../support/reference";

/*
 * A label refuses nothing: the policy that reads it does, and it is in another stack. Volumes of workloads have the label as
 * data services have it.
 */

const { files } = synthesizeReference();

/** What the stacks of an environment say, as the text that Terraform reads. */
const textOf = (stack: RegExp): string =>
  Object.entries(files)
    .filter(([file]) => stack.test(file))
    .map(([, text]) => text)
    .join("\n");

const isLabelled = (name: string): boolean =>
  textOf(new RegExp(`(^|/)${name}/`)).includes(`"${PROTECTED_LABEL}": "true"`);

const policyOf = (name: string): string => textOf(new RegExp(`(^|/)${name}-platform/`));

test("an environment of the reference has something with the label", () => {
  expect(environments.map(({ name }) => name).filter(isLabelled)).toContain("production");
});

test.each(environments.map(({ name }) => name))("what %s labels is kept by a policy of its platform", (name) => {
  const policy = policyOf(name);
  expect(policy).toContain("ValidatingAdmissionPolicyBinding");
  expect(policy).toContain(PROTECTED_LABEL);
});
