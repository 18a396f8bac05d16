import { REF, type Resource, Untranslated } from "./translation";

/** What stands for a value that is known only when Terraform runs; CloudFormation checks that its kind fits. */
const GIVEN: readonly (readonly [RegExp, string])[] = [
  [/^data\.aws_chatbot_slack_workspace\.[\w-]+\.slack_team_id$/, "String"],
  [/^data\.aws_eks_addon_version\.[\w-]+\.version$/, "String"],
  [/^data\.aws_eks_cluster\.[\w-]+\.vpc_config\[0\]\.cluster_security_group_id$/, "AWS::EC2::SecurityGroup::Id"],
  [/^data\.aws_eks_cluster\.[\w-]+\.vpc_config\[0\]\.vpc_id$/, "AWS::EC2::VPC::Id"],
  [/^data\.aws_ssm_parameter\.[\w-]+\.insecure_value$/, "String"],
  [/^data\.aws_subnets\.[\w-]+\.ids$/, "List<AWS::EC2::Subnet::Id>"],
  // Passwords, and secrets made of them.
  [/^random_password\.[\w-]+\.result$/, "String"],
  [/^jsonencode\(.*\)$/s, "String"],
];

const REFERENCE = /^(aws_\w+)\.([\w-]+)\.(.+)$/;
const FIRST_OF_SORTED = /^slice\(sort\((.+)\), 0, (\d+)\)$/;
/** An expression in a text, but not one that is escaped. */
const IN_TEXT = /(?<!\$)\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}/g;

export interface Parameter {
  readonly Type: string;
  readonly NoEcho?: true;
}

/** What a text of Terraform's JSON is in a template. */
export class Expressions {
  readonly parameters: Record<string, Parameter> = {};
  readonly #names = new Map<string, string>();

  /** @param find the whole resource that a reference means, if it is one in the template */
  constructor(private readonly find: (type: string, id: string) => Resource | undefined) {}

  /**
   * Every text in a value, however deep; keys stay.
   *
   * @param whole id of the resource that the value is a part of, which in CloudFormation cannot refer to itself
   */
  everywhere(value: unknown, whole = ""): unknown {
    if (typeof value === "string") return this.#text(value, whole);
    if (Array.isArray(value)) return value.map((one) => this.everywhere(one, whole));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.everywhere(one, whole)]));
  }

  #text(value: string, whole: string): unknown {
    const found = [...value.matchAll(IN_TEXT)];
    const [first] = found;
    if (first === undefined) return value.replaceAll("$${", "${").replaceAll("%%{", "%{");
    if (first[0] === value) return this.#expression(first[1] ?? "", whole);
    const variables: Record<string, unknown> = {};
    const text = value.replace(IN_TEXT, (_all, expression: string) => {
      const name = `V${Object.keys(variables).length}`;
      variables[name] = this.#expression(expression, whole);
      return `\${${name}}`;
    });
    return { "Fn::Sub": [text.replaceAll("$${", "${!"), variables] };
  }

  #expression(expression: string, whole: string): unknown {
    const sorted = FIRST_OF_SORTED.exec(expression);
    if (sorted !== null) {
      const all = this.#expression(sorted[1] ?? "", whole);
      return Array.from({ length: Number(sorted[2]) }, (_, index) => ({ "Fn::Select": [index, all] }));
    }
    const [, type = "", id = "", attribute = ""] = REFERENCE.exec(expression) ?? [];
    const resource = this.find(type, id);
    if (resource !== undefined && id === whole) return { Ref: this.#parameter(expression, "String") };
    if (resource !== undefined) return read(resource, id, attribute);
    const given = GIVEN.find(([pattern]) => pattern.test(expression));
    if (given === undefined) throw new Untranslated(`nothing says what \${${expression}} is in CloudFormation`);
    return { Ref: this.#parameter(expression, given[1]) };
  }

  #parameter(expression: string, type: string): string {
    const name = this.#names.get(expression) ?? `Given${this.#names.size}`;
    this.#names.set(expression, name);
    const secret = expression.includes("random_password");
    this.parameters[name] = { Type: type, ...(secret ? { NoEcho: true } : {}) };
    return name;
  }
}

/** `cluster_name` as CloudFormation writes most names. */
export const pascal = (name: string): string =>
  name.split("_").reduce((all, word) => all + word.slice(0, 1).toUpperCase() + word.slice(1), "");

/** Logical ids are letters and digits. */
export const logicalId = (id: string): string => `R${id.replaceAll(/[^A-Za-z0-9]/g, "")}`;

function read({ reads }: Resource, id: string, attribute: string): unknown {
  const name = reads?.[attribute] ?? (attribute === "id" ? REF : pascal(attribute));
  return name === REF ? { Ref: logicalId(id) } : { "Fn::GetAtt": [logicalId(id), name] };
}
