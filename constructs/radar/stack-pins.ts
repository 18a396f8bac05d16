import { imagesIn } from "./images-in";
import type { Pin } from "./pin";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** Arguments that end in `version` and have another meaning than the version of a product. */
const OTHER_VERSIONS = [
  /(?:^|_)api_version$/,
  /tls_version$/,
  /^secure_boot_version$/,
  /^provisioned_billing_model_version$/,
  /_wo_version$/,
];

const isVersion = (argument: string, value: unknown): value is string =>
  /(?:^|_)version$/.test(argument) &&
  typeof value === "string" &&
  /\d/.test(value) &&
  !/\$\{/.test(value) &&
  !OTHER_VERSIONS.some((other) => other.test(argument));

/** Resources of these providers describe objects whose own versions are not products'. */
const isOfCluster = (type: string): boolean => /^(?:kubernetes|helm)_/.test(type);

/**
 * Every version that a stack names: charts, images, arguments of cloud resources, providers, and the lowest engine.
 *
 * @param stack what a synthesis wrote: `cdk.tf.json`
 */
export function stackPins(name: string, stack: unknown): Pin[] {
  const { terraform, resource } = fieldsOf(stack);
  const { required_version: engine, required_providers: providers } = fieldsOf(terraform);
  const pin = (kind: Pin["kind"], of: string, version: unknown): Pin[] =>
    typeof version === "string" ? [{ kind, name: of, version, where: name }] : [];
  const resources = Object.entries(fieldsOf(resource)).flatMap(([type, all]) =>
    Object.values(fieldsOf(all)).map((one) => ({ type, one: fieldsOf(one) })),
  );
  return [
    ...["terraform", "opentofu"].flatMap((program) => pin("program", program, engine)),
    ...Object.entries(fieldsOf(providers)).flatMap(([provider, said]) =>
      pin("provider", provider, fieldsOf(said).version),
    ),
    ...resources.flatMap(({ type, one }) => [
      ...(type === "helm_release" && typeof one.chart === "string" ? pin("chart", one.chart, one.version) : []),
      ...(isOfCluster(type) ? [] : argumentPins(type, one, name)),
      ...textsIn(one).flatMap((text) => imagesIn(text, name)),
    ]),
  ];
}

function argumentPins(type: string, value: unknown, where: string): Pin[] {
  if (Array.isArray(value)) return value.flatMap((one) => argumentPins(type, one, where));
  return Object.entries(fieldsOf(value)).flatMap(([argument, one]): Pin[] =>
    isVersion(argument, one)
      ? [{ kind: "argument", name: `${type}.${argument}`, version: one, where }]
      : argumentPins(type, one, where),
  );
}

/** Every text of a value, at any depth. */
export function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const collect = (part: unknown): void => {
    if (typeof part === "string") texts.push(part);
    else if (typeof part === "object" && part !== null) Object.values(part).forEach(collect);
  };
  collect(value);
  return texts;
}
