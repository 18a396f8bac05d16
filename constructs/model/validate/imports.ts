import type { EnvironmentInput } from "../environment";
import { resolveApplication } from "../resolve";
import type { Service } from "../service";
import type { Report } from "./report";
import { environmentPath, isObject, usableOverlays } from "./usable";

/** A service that this program makes, as imports are compared with it. */
interface Made {
  readonly of: string;
  readonly where: string;
  /** Whether an import of this id would take it over. */
  isOf(id: string): boolean;
}

/** A database is one server, whatever it is said to speak. A bucket may have its name. */
const sortOf = (service: Service | undefined): string | undefined => service?.category ?? service?.kind;

/** Says where a name is one thing's: the cluster does not matter, and of a bucket neither account nor region does. */
const scopeOf = (place: readonly string[], sort: string | undefined): string =>
  [...place.slice(0, sort === "bucket" ? 1 : 3), sort].join(" ");

const ownerOf = (service: string, application: string, environment: string): string =>
  `service "${service}" of application "${application}" in environment "${environment}"`;

/** What is there once is taken over once: two states would change it against each other, and either deletes it for both. */
export function checkImports(report: Report, inputs: readonly EnvironmentInput[]): void {
  const taken = new Map<string, string>();
  let made: readonly Made[] | undefined;
  for (const [index, input] of inputs.entries()) {
    const path = environmentPath(input, index);
    const cloud = ["cloud", "name"].every((field) => report.sound([...path, field])) ? input.cloud : undefined;
    const place = cloud?.place?.(input) ?? [];
    for (const { overlay, path: at } of usableOverlays(path, input)) {
      const services: unknown = overlay.services;
      for (const [name, given] of Object.entries(isObject(services) ? services : {})) {
        const here = [...at, "services", name, "imported", "id"];
        if (!isObject(given) || !isObject(given.imported) || !report.sound(here)) continue;
        // Before the first problem of this kind: of what has one, nothing is made out.
        made ??= madeOf(report, inputs);
        const sort = sortOf(overlay.application.services?.[name]);
        const id = String(given.imported.id);
        const whole = cloud?.importTakes?.(id) ?? id;
        const where = scopeOf(place, sort);
        const key = `${where} ${whole}`;
        const fix = 'let one of them have it, and connect the others to it: placement "external"';
        const other = taken.get(key);
        if (other !== undefined) {
          const isPart = whole !== id && whole !== id.toLowerCase();
          const why = `${other} has ${isPart ? `${whole} already, which is taken over with it` : "it already"}`;
          report.add({ path: here, got: id, why, fix });
        }
        const maker = made.find((one) => one.where === where && one.isOf(id));
        if (maker !== undefined)
          report.add({ path: here, got: id, why: `${maker.of} is it, which this program makes`, fix });
        taken.set(key, ownerOf(name, overlay.application.name, input.name));
      }
    }
  }
}

/** What the clouds of these environments make for their services, as far as what was given is sound. */
function madeOf(report: Report, inputs: readonly EnvironmentInput[]): Made[] {
  return inputs.flatMap((input, index) => {
    const path = environmentPath(input, index);
    const isSound = ["cloud", "name", "profile"].every((field) => report.sound([...path, field]));
    const { cloud } = input;
    if (!isSound || cloud.isMadeAs === undefined) return [];
    const place = cloud.place?.(input) ?? [];
    return usableOverlays(path, input)
      .filter(({ overlay, path: at }) =>
        [at, ["applications", overlay.application.name]].every((one) => report.sound(one)),
      )
      .flatMap(({ overlay }) => {
        const application = resolveApplication(input, overlay);
        return application.services
          .filter(
            ({ service, sizing }) =>
              sizing.placement === "managed" &&
              sizing.imported === undefined &&
              cloud.placements?.(service).includes("managed") === true,
          )
          .map((service): Made => ({
            of: ownerOf(service.name, application.name, input.name),
            where: scopeOf(place, sortOf(service.service)),
            isOf: (id) => cloud.isMadeAs?.(application, service, id) === true,
          }));
      });
  });
}
