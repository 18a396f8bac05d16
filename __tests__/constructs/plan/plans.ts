/* Plans in the engines' JSON form, as small as a test needs them. */

/** What differs from an update in place of `aws_db_instance.orders`. */
interface ChangeJson {
  readonly address?: string;
  readonly previous_address?: string;
  readonly mode?: "data" | "managed";
  readonly type?: string;
  readonly action_reason?: string;
  readonly deposed?: string;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: unknown;
  readonly importing?: unknown;
}

export function changeJson({ address = "aws_db_instance.orders", mode = "managed", ...own }: ChangeJson): object {
  const {
    previous_address,
    action_reason,
    deposed,
    type = address.split(".")[0],
    actions = ["update"],
    ...change
  } = own;
  return {
    ...{ address, mode, type, name: address.split(".")[1], provider_name: "registry.terraform.io/hashicorp/aws" },
    ...{ previous_address, action_reason, deposed },
    change: {
      before: null,
      after: null,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...change,
      actions,
    },
  };
}

export const planJson = (changes: readonly object[], more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    ...{ format_version: "1.2", terraform_version: "1.11.4", timestamp: "2026-11-01T00:00:00Z" },
    ...{
      planned_values: {},
      resource_changes: changes,
      configuration: {},
      applyable: true,
      complete: true,
      errored: false,
    },
    ...more,
  });
