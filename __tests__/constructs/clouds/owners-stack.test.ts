import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { S3Backend, type TerraformStack, TerraformVariable, Testing } from "cdktf";
import { existingAws } from "../../../constructs/clouds/aws";
import type { ConfigureOptions } from "../../../constructs/clouds/cloud";
import { local } from "../../../constructs/clouds/local";
import { ensureRandomProvider } from "../../../constructs/clouds/shared/providers";
import { InvalidInput } from "../../../constructs/model/problem";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { type StackJson, synthCloud } from "../../support/cloud-environment";
import { connected, connectedAlone, guardsOf, ON_AWS, ON_GOOGLE, OWNERS_STACKS } from "../../support/owners-stack";

/*
 * An application is put on a stack that another team has made. Its backend and provider stay as they are, and what is for
 * another place is refused: at once where the provider says so, by the plan where only Terraform learns it.
 */

/** Lines of what is refused. */
function refused(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
  throw new Error("nothing was refused");
}

const backend = (stack: TerraformStack): S3Backend => new S3Backend(stack, { bucket: "ours", key: "ours" });

const cases = OWNERS_STACKS.map((owners) => [owners.name, owners] as const);

describe.each(cases)("on %s", (_name, owners) => {
  const { type } = owners;
  const guards = (json: StackJson): object[] => guardsOf(json, owners);

  test("a stack without any has those of the environment, and no guard", () => {
    const json = connected(owners, () => undefined);
    expect(json.provider[type]).toHaveLength(1);
    expect(Object.keys(json.terraform.backend ?? {})).toHaveLength(1);
    expect(guards(json)).toEqual([]);
  });

  test.each(["found", "given", "without configure"])("its own are left alone: %s", (way) => {
    const own = (stack: TerraformStack) => {
      backend(stack);
      const provider = owners.provider(stack);
      return way === "given" ? { provider } : undefined;
    };
    const json = way === "without configure" ? connectedAlone(owners, own) : connected(owners, own);
    expect(json.terraform.backend).toEqual({ s3: { bucket: "ours", key: "ours" } });
    const plain = synthCloud(owners.cloud, (_, stack) => owners.provider(stack));
    expect(json.provider[type]).toEqual(plain.provider[type]);
    expect(guards(json)).toHaveLength(1);
  });

  test("no backend is made where that is told", () => {
    expect(connected(owners, () => ({ backend: false })).terraform.backend).toBeUndefined();
  });

  test.each(owners.wrong.map(([config, said]) => [JSON.stringify(config), config, said] as const))(
    "refused: %s",
    (_text, config, said) => {
      const own = (stack: TerraformStack): undefined => void owners.provider(stack, config);
      expect(refused(() => connected(owners, own))).toEqual([expect.stringMatching(said)]);
      expect(refused(() => connectedAlone(owners, own))).toEqual([expect.stringMatching(said)]);
    },
  );

  test("what it does not say, or says by a variable, a plan finds out", () => {
    expect(guards(connected(owners, (stack) => void owners.provider(stack, owners.silent)))).toHaveLength(1);
    const [argument = ""] = Object.keys(owners.silent);
    const byVariable = (stack: TerraformStack): undefined => {
      const { value } = new TerraformVariable(stack, "place", { type: "string" });
      owners.provider(stack, { [argument]: value });
    };
    expect(guards(connected(owners, byVariable))).toHaveLength(1);
  });

  test("a provider with an alias is another one: the environment's is made beside it", () => {
    const json = connected(
      owners,
      (stack) => void owners.provider(stack, { alias: "elsewhere", ...owners.wrong[0]?.[0] }),
    );
    expect(json.provider[type]).toHaveLength(2);
    expect(guards(json)).toEqual([]);
  });
});

test("every argument that disagrees is named at once", () => {
  const wrong = { region: "us-east-1", allowedAccountIds: ["222222222222"] };
  expect(refused(() => connected(ON_AWS, (stack) => void ON_AWS.provider(stack, wrong)))).toHaveLength(2);
});

test("a provider is refused that resources of the stack would not have", () => {
  expect(
    refused(() => connected(ON_AWS, (stack) => ({ provider: ON_AWS.provider(stack, { alias: "other" }) }))),
  ).toEqual([expect.stringContaining('got "other", has an alias; ')]);
  const other = new FastStack(Testing.app(), "other");
  expect(refused(() => connected(ON_AWS, () => ({ provider: ON_AWS.provider(other) })))).toEqual([
    expect.stringContaining('got "other", is on another stack; '),
  ]);
  expect(refused(() => connected(ON_AWS, (stack) => ({ provider: ON_GOOGLE.provider(stack) })))).toEqual([
    expect.stringContaining('got "google", a provider of another kind; give one of aws'),
  ]);
  expect(refused(() => connected({ cloud: local() }, (stack) => ({ provider: ON_AWS.provider(stack) })))).toEqual([
    expect.stringContaining("a cluster on this machine has no provider of a cloud"),
  ]);
});

test.each([ON_AWS.cloud, local()])("objects are never written by another Kubernetes provider: %#", (cloud) => {
  const own = (stack: TerraformStack, alias?: string): ConfigureOptions => {
    new KubernetesProvider(stack, "theirs", { configPath: "/home/me/.kube/config", alias });
    return {};
  };
  expect(refused(() => connected({ cloud }, (stack) => own(stack)))).toEqual([
    expect.stringMatching(/^stacks\.test\.theirs: is the stack's kubernetes provider, .*; give it an alias/),
  ]);
  expect(connected({ cloud }, (stack) => own(stack, "theirs")).provider.kubernetes).toHaveLength(2);
});

test("a provider that is for no place is shared with the stack", () => {
  const json = connected(ON_AWS, (stack) => {
    new RandomProvider(stack, "random");
    ensureRandomProvider(stack);
    return {};
  });
  expect(json.provider.random).toHaveLength(1);
});

test("the version of Terraform that it asks for is asked for too", () => {
  const versions = (given?: string) =>
    connected(ON_AWS, (stack) => {
      if (given !== undefined) stack.addOverride("terraform.required_version", given);
      return undefined;
    }).terraform.required_version;
  expect(versions()).toBe(">= 1.11.0");
  expect(versions("~> 1.12")).toBe("~> 1.12, >= 1.11.0");
});

test("a boundary of permissions is put on roles that have none", () => {
  const boundary = "arn:aws:iam::111111111111:policy/boundary";
  const cloud = existingAws({
    accountId: "111111111111",
    region: "eu-central-1",
    dataCidrs: ["10.10.144.0/22"],
    stateBucket: "billing-tfstate",
    permissionsBoundary: boundary,
  });
  const json = connected({ cloud }, (stack) => {
    new IamRole(stack, "bare", { assumeRolePolicy: "{}" });
    new IamRole(stack, "own", { assumeRolePolicy: "{}", permissionsBoundary: "arn:aws:iam::aws:policy/Own" });
    return {};
  });
  expect(json.resource.aws_iam_role).toMatchObject({
    bare: { permissions_boundary: boundary },
    own: { permissions_boundary: "arn:aws:iam::aws:policy/Own" },
  });
});
