const BASES = /^(?:Construct|Terraform(?:Element|Resource|DataSource|Stack)|FastStack)$/;

/** Everybody who has seen one construct can make any: a scope, an id, and one object with the rest. */
export const constructProps = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: { props: "take (scope, id, props), or (scope, id) where there is nothing to say" },
  },
  create: ({ report }) => ({
    'MethodDefinition[kind="constructor"]'(node) {
      const { superClass } = node.parent.parent;
      if (superClass?.type !== "Identifier" || !BASES.test(superClass.name)) return;
      const [scope, id, props, ...more] = node.value.params.map((param) => param.parameter ?? param);
      const named = scope?.name === "scope" && id?.name === "id";
      const object = props === undefined || props.name === "props" || props.type === "ObjectPattern";
      const defaulted = props?.type === "AssignmentPattern";
      if (!named || !(object || defaulted) || more.length > 0) report({ node: node.value, messageId: "props" });
    },
  }),
};
