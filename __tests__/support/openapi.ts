/* Documents of a workload as people write them: an API with references to itself, and a text. */

export const OPENAPI = `
openapi: 3.1.0
info:
  title: Orders
  version: 2.1.0
  description: |
    Takes **orders**. See [the guide](https://docs.example.com/orders).
paths:
  /orders:
    parameters:
      - { name: x-request-id, in: header, schema: { type: string } }
    get:
      tags: [Orders]
      summary: All orders
      parameters:
        - { $ref: "#/components/parameters/Limit" }
      responses:
        "200":
          description: A page of them
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Order" } }
    post:
      tags: [Orders]
      summary: Order something
      deprecated: true
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [lines]
              properties:
                lines:
                  type: array
                  items:
                    type: object
                    required: [sku]
                    properties:
                      sku: { type: string, description: What is ordered, pattern: "^[a-z]+$" }
                      amount: { type: integer, minimum: 1, default: 1 }
                note: { type: [string, "null"], maxLength: 200 }
      responses:
        "201": { description: It is new, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
        "422": { $ref: "#/components/responses/Wrong" }
  /orders/{id}:
    get:
      responses:
        default: { description: The order }
components:
  parameters:
    Limit: { name: limit, in: query, description: How many, schema: { type: integer, maximum: 100 } }
  responses:
    Wrong: { description: Something is wrong with it }
  schemas:
    Order:
      description: What somebody ordered.
      type: object
      required: [id, state]
      properties:
        id: { type: string, format: uuid }
        state: { type: string, enum: [open, paid] }
        parent: { $ref: "#/components/schemas/Order" }
        any: { oneOf: [{ type: string }, { type: integer }] }
        labels: { type: object, additionalProperties: { type: string } }
`;

export const README = `# Backend

Answers orders. See [how to run it](run.md), [the site](https://example.com) and ![a picture](picture.png).

## Start it

\`\`\`sh
npm start
\`\`\`

1. First

   - a list *in* a list
   - of **two**

2. Then \`this\`

### Details

| A | B |
|---|---|
| 1 | <b>2</b> |

> A quotation.

## Start it

<script>alert(1)</script>
`;
