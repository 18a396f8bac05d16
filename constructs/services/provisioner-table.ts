import type { Service } from "../model/service";
import { type AnswerForms, guarded } from "./guarded";
import type { ServiceKinds } from "./kinds";
import type { NotHere, Place, PlaceName, Places, Provisioner, ServiceRequest } from "./provisioner";

/** One provisioner for each kind that this program has, or the reason why there is none: the compiler asks for all of them. */
export type Provisioners<P extends Place> = {
  readonly [K in keyof ServiceKinds]: Provisioner<ServiceKinds[K], P> | NotHere;
};

/** The provisioners of one place, for services of whatever kind. */
export interface ProvisionerTable<P extends Place> {
  /** `undefined` where the place does not run services of this kind. */
  find(service: Service): Provisioner<Service, P> | undefined;
  /** The same of an environment that was checked. @throws Error, a mistake of this program, where there is none */
  get(request: Pick<ServiceRequest<Service>, "name" | "service">): Provisioner<Service, P>;
  /** Why there is none, as a clause. `undefined` where there is one. */
  whyNot(service: Service): string | undefined;
  /** Those of this program's own kinds, and of the kinds that these services bring. */
  all(services?: readonly Service[]): readonly Provisioner<Service, P>[];
}

/** `defineService` alone writes the field. Where it was compiled not every place was there: a library knows the clouds that it imports. */
const isByPlace = (
  provisioners: object | undefined,
): provisioners is { readonly [N in PlaceName]?: Provisioner<Service, Places[N]> | NotHere } =>
  provisioners !== undefined;

/**
 * The table of a place. A kind of another program brings its provisioners, and the place has those of this one's.
 *
 * @param forms what theirs answer here at least: no compiler may have seen them
 */
export function provisionerTable<N extends PlaceName>(
  place: N,
  table: Provisioners<Places[N]>,
  forms: AnswerForms,
): ProvisionerTable<Places[N]> {
  type Entry = Provisioner<Service, Places[N]> | NotHere;
  const own: ReadonlyMap<string, Entry> = new Map<string, Entry>(Object.entries<Entry>(table));
  /** One for each that programs bring: of two services of a kind it is the same. */
  const brought = new WeakMap<Entry, Entry>();
  const broughtOf = (entry: Entry): Entry => {
    const known = brought.get(entry) ?? ("notHere" in entry ? entry : guarded(entry, place, forms));
    brought.set(entry, known);
    return known;
  };
  const entryOf = ({ kind, provisioners }: Service): Entry => {
    const entry = isByPlace(provisioners) ? provisioners[place] : own.get(kind);
    if (entry === undefined) return { notHere: `${kind} has no provisioner "${place}"` };
    return own.has(kind) ? entry : broughtOf(entry);
  };
  return {
    find: (service) => {
      const entry = entryOf(service);
      return "notHere" in entry ? undefined : entry;
    },
    get: ({ name, service }) => {
      const entry = entryOf(service);
      if ("notHere" in entry) throw new Error(`service ${name}: ${entry.notHere}`);
      return entry;
    },
    whyNot: (service) => {
      const entry = entryOf(service);
      return "notHere" in entry ? entry.notHere : undefined;
    },
    all: (services = []) => {
      const entries = [...own.values(), ...services.filter(({ kind }) => !own.has(kind)).map(entryOf)];
      return [...new Set(entries.flatMap((entry) => ("notHere" in entry ? [] : [entry])))];
    },
  };
}
