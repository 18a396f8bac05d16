import { elementName } from "../model-json/element-name";
import { own } from "../model/own";
import { INSTANCE } from "../plan/in-words";
import { applicationIn, type Model, type Models, originOf, partsOf } from "./models";

/** A part of the model that a resource is of. */
export interface Place {
  /** Name in the words of the model: `my-app / orders-db`, `platform / traefik`; an address that no model knows. */
  readonly name: string;
  /** Which part of it the resource is: `db instance`. */
  readonly part: string;
  readonly environment?: string;
  readonly application?: string;
  /** List of the application that it is in: `services`. */
  readonly list?: string;
  /** Its name in that list. */
  readonly element?: string;
  readonly origin?: string;
}

/** How a sentence about an element begins that is about one part of it: nothing where that is all there is to say. */
export const partWords = ({ environment, part }: Place): string => (environment === undefined ? "" : `its ${part} `);

/**
 * Finds what a resource is of: as the model says that will be, else as the one says that was, which knows what goes.
 *
 * @param type in whose words an unknown resource is told
 * @param object name of the claim that it is, if it is one
 */
export function placeOf({ head, base }: Models, stack: string, address: string, type: string, object?: string): Place {
  for (const model of [head, base]) {
    const found = placeIn(model, stack, address);
    if (found !== undefined) return withVolume(found, model, object);
  }
  return { name: address, part: type.replaceAll("_", " ") };
}

/** A claim is told by the name that the model has for its volume. */
function withVolume(place: Place, model: Model | undefined, claim: string | undefined): Place {
  const { environment = "", application = "", list, element = "" } = place;
  if (claim === undefined || list !== "workloads") return place;
  const volumes = own(applicationIn(model, environment, application)?.workloads, element)?.volumes ?? {};
  const [volume] = Object.entries(volumes).find(([, { claimName }]) => claimName === claim) ?? [];
  return volume === undefined ? place : { ...place, part: `volume ${volume}` };
}

/** A module of the stack, with the key of an instance, and what of it an address is of. */
const IN_MODULE = /^(module\.[^.[]+)(?:\[[^\]]*\])?\.(.+)$/;

/** What is in a module is of what the module is of: the program has written that, and nobody here what is in it. */
function placeIn(model: Model | undefined, stack: string, address: string): Place | undefined {
  const [, module, within] = IN_MODULE.exec(address) ?? [];
  if (module !== undefined && within !== undefined) {
    const place = placeIn(model, stack, module);
    return place && { ...place, part: `${place.part}: ${within}` };
  }
  const known = own(own(model?.resources, stack), address.replace(INSTANCE, ""));
  if (typeof known?.of !== "string" || typeof known.part !== "string") return undefined;
  const path = partsOf(known.of);
  const [, environment, , application, list, name] = path;
  const origin = originOf(model, path, 2);
  const where = { ...(environment !== undefined && { environment }), ...(origin !== undefined && { origin }) };
  if (application === undefined) {
    const [of = "", ...rest] = known.part.split(": ");
    return { ...where, name: of, part: rest.length > 0 ? rest.join(": ") : of };
  }
  const element = list === "routes" ? "routes" : name;
  return {
    ...where,
    name: elementName(application, element),
    part: known.part,
    application,
    ...(list !== undefined && { list }),
    ...(element !== undefined && { element }),
  };
}
