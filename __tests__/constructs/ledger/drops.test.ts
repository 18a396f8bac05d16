import { persistentVolumeClaims } from "../../../constructs/kubernetes/volumes";
import type { EnvironmentInput } from "../../../constructs/model/environment";
import { onAws } from "../../support/aws-application";
import { onAzure } from "../../support/azure-application";
import { onGoogle } from "../../support/google-application";
import { draft, production, shop } from "../../support/input";
import { backend, facts, resolvedApplication } from "../../support/resolved";

/* What the word in `drops` does to a service of a protected environment while it is still there. */

function dropping(...drops: string[]): EnvironmentInput {
  const { environment, overlay } = draft(production(shop()));
  overlay.drops = drops;
  return environment;
}

const ALL = ["db", "cache", "events", "files", "api/uploads"];

describe("a dropped service loses what keeps it from being deleted, and keeps its last copy", () => {
  test("on AWS", () => {
    const stack = onAws(dropping("db", "cache", "files"));
    expect(stack.resource("aws_db_instance")).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: false,
      final_snapshot_identifier: expect.stringMatching(/^production-shop-db-final-/),
      delete_automated_backups: false,
      lifecycle: { prevent_destroy: false },
    });
    expect(stack.resource("aws_elasticache_replication_group")).toMatchObject({
      final_snapshot_identifier: expect.stringMatching(/^production-shop-cache-final-/),
      lifecycle: { prevent_destroy: false },
    });
    expect(stack.resource("aws_s3_bucket")).toMatchObject({
      force_destroy: true,
      lifecycle: { prevent_destroy: false },
    });
    expect(stack.resource("aws_mq_broker")).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test("on Google Cloud", () => {
    const stack = onGoogle(dropping("db"));
    expect(stack.resource("google_sql_database_instance")).toMatchObject({
      deletion_protection: false,
      settings: { deletion_protection_enabled: false, retain_backups_on_delete: true },
      lifecycle: { prevent_destroy: false },
    });
    expect(stack.resource("google_redis_instance")).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test("on Azure, whose locks keep what has no protection of its own", () => {
    const locks = (input: EnvironmentInput) => onAzure(input).resources("azurerm_management_lock").length;
    const all = locks(dropping());
    expect(locks(dropping("db"))).toBe(all - 1);
    expect(locks(dropping("db", "cache", "files"))).toBe(0);
    expect(onAzure(dropping("cache")).resource("azurerm_managed_redis")).toMatchObject({
      lifecycle: { prevent_destroy: false },
    });
  });
});

test.each([
  ["AWS", onAws, "aws_kms_key"],
  ["Google Cloud", onGoogle, "google_kms_crypto_key"],
  ["Azure", onAzure, "azurerm_key_vault_key"],
] as const)("the application's key on %s may go when all of its services may, and not before", (_, on, key) => {
  const kept = (...drops: string[]) =>
    (on(dropping(...drops)).resource(key).lifecycle as { prevent_destroy: boolean }).prevent_destroy;
  expect(kept("db", "cache")).toBe(true);
  expect(kept(...ALL)).toBe(false);
});

test("a volume bears the label that the API server refuses to delete, unless it is dropped", () => {
  const volumes = [{ name: "uploads", claimName: "u", mountPath: "/u", size: "1Gi", access: "ReadWriteMany" }] as const;
  const workload = backend({ volumes });
  const labels = (...drops: string[]) =>
    persistentVolumeClaims(resolvedApplication({ drops, workloads: [workload] }), workload, facts).map(
      ({ metadata }) => metadata.labels["goldenpath/protected"],
    );
  expect(labels()).toEqual(["true"]);
  expect(labels("backend/uploads")).toEqual([undefined]);
  expect(labels("uploads")).toEqual(["true"]);
});
