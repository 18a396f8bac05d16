import { interpolations } from "../../../constructs/terraform/interpolation";
import { standIn, standInAddress } from "../../../scripts/engine/stand-in";

const converted = (stack: Parameters<typeof standIn>[0]): Record<string, Record<string, unknown>> =>
  (standIn(stack, "state") as { resource: { terraform_data: Record<string, Record<string, unknown>> } }).resource
    .terraform_data;

describe("interpolations()", () => {
  test.each([
    ["plain", ["plain"]],
    ["$${literal} and $5", ["$${literal} and $5"]],
    ["a ${b.c} d", ["a ", { expression: "b.c" }, " d"]],
    ['${x("}", {a = 1})}', [{ expression: 'x("}", {a = 1})' }]],
    ['${x("${y.z} }")}${w}', [{ expression: 'x("${y.z} }")' }, { expression: "w" }]],
  ])("splits %j", (text, parts) => {
    expect(interpolations(text)).toEqual(parts);
  });

  test("refuses an expression that nothing closes", () => {
    expect(() => interpolations('a ${b("}')).toThrow("no quote closes");
    expect(() => interpolations("a ${b")).toThrow("no } closes");
  });
});

describe("a stand-in", () => {
  test("has what the configuration gives, and its id for what a provider computes", () => {
    const { aws_kms_alias__Alias: alias } = converted({
      resource: {
        aws_kms_key: { Key: { description: "key" } },
        aws_kms_alias: { Alias: { target: "${aws_kms_key.Key.arn}", text: "of ${aws_kms_key.Key.description}" } },
      },
    });
    const key = "terraform_data.aws_kms_key__Key";
    expect(alias?.input).toEqual({
      target: `\${try(${key}.input.arn, ${key}.id)}`,
      text: `of \${try(tostring(${key}.input.description), ${key}.id)}`,
    });
  });

  test("waits for what the ephemeral values that it reads wait for", () => {
    const { aws_secret__S: secret } = converted({
      resource: { aws_vault: { V: {} }, aws_secret: { S: { value: "${ephemeral.vault_secret.E.value}" } } },
      ephemeral: { vault_secret: { E: { vault: "${aws_vault.V.id}" } } },
    });
    expect(secret).toMatchObject({ depends_on: ["terraform_data.aws_vault__V"], input: { value: "ephemeral" } });
  });

  test("keeps its lifecycle, with the paths of what is ignored", () => {
    const { kubernetes_deployment_v1__D: deployment } = converted({
      resource: {
        kubernetes_deployment_v1: {
          D: {
            metadata: { name: "d", namespace: "n" },
            spec: { replicas: "2", template: { metadata: {} } },
            lifecycle: {
              prevent_destroy: true,
              create_before_destroy: true,
              ignore_changes: ["spec[0].replicas", 'spec[0].template[0].metadata[0].annotations["a"]'],
            },
          },
        },
      },
    });
    expect(deployment).toMatchObject({
      lifecycle: { prevent_destroy: true, create_before_destroy: true, ignore_changes: ["input.spec.replicas"] },
      triggers_replace: { kind: "kubernetes_deployment_v1", namespace: "n", name: "d" },
    });
  });

  test("of a record is the record", () => {
    const record = { input: { a: 1 }, lifecycle: { ignore_changes: ["input"] } };
    expect(converted({ resource: { terraform_data: { R: record } } }).R).toEqual(record);
    expect(standInAddress('terraform_data.R["x"]')).toBe('terraform_data.R["x"]');
  });

  test("is found at the address of what it stands for, with what follows the name", () => {
    expect(standInAddress("data.aws_vpc.V[0]")).toBe("terraform_data.data__aws_vpc__V[0]");
  });
});
