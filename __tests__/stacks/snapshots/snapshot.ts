import { stack, type StackJson, synthesizeReference } from "../../support/reference";

/** One stack's snapshot, in a file of its own beside the test that names the stack: what a review has to read. */
export const snapshotOf = (name: string): void => {
  test(`${name} has not changed unnoticed`, () => {
    expect(readable(stack(synthesizeReference(), name))).toMatchSnapshot();
  });
};

/** The record of what holds data names 256 numbers; how many of them it leaves alone says enough. */
function readable(json: StackJson): unknown {
  const { Ledger: ledger, ...records } = json.resource.terraform_data ?? {};
  if (ledger === undefined) return json;
  const { ignore_changes: ignored, ...lifecycle } = ledger.lifecycle as Record<string, unknown>;
  const shown = { ...ledger, lifecycle: { ...lifecycle, ignore_changes: `${(ignored as string[]).length} buckets` } };
  return { ...json, resource: { ...json.resource, terraform_data: { Ledger: shown, ...records } } };
}
