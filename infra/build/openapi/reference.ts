/** docs/api.md, made of the OpenAPI document: the same for people. */
// biome-ignore lint/suspicious/noExplicitAny: a document, as its specification has it
type Json = Record<string, any>;

export function apiReference(document: Json): string {
  const lines = [
    '# The HTTP API',
    '',
    `Made by \`npm run build:openapi\` from the schemas that validate requests; the same as OpenAPI ${document.openapi} at \`GET /openapi.json\`. ${document.info.description}`,
    '',
    '| | |',
    '|---|---|',
  ];
  const all = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
  for (const { path, method, operation } of all)
    lines.push(`| [\`${method} ${path}\`](#${anchor(`${method} ${path}`)}) | ${operation.summary} |`);
  for (const { path, method, operation } of all) lines.push(...section(document, path, method, operation));
  lines.push('', '## Errors', '', ...fieldTable(document.components.schemas.Problem));
  lines.push('', '## Headers of replies', '', '| | |', '|---|---|');
  for (const [name, { description }] of Object.entries<Json>(document.components.headers))
    lines.push(`| \`${name}\` | ${cell(description)} |`);
  return `${lines.join('\n')}\n`;
}

function section(document: Json, path: string, method: string, operation: Json): string[] {
  const lines = [
    '',
    `## ${method} ${path}`,
    '',
    `**${operation.summary}.** ${operation.description ?? ''}`.trim(),
  ];
  if (operation.security)
    lines.push('', 'A site’s own server may send `Authorization: Bearer` and its secret.');
  const parameters: Json[] = operation.parameters ?? [];
  if (parameters.length > 0) {
    lines.push('', '| parameter | in | takes | |', '|---|---|---|---|');
    for (const { name, in: place, schema, description } of parameters)
      lines.push(`| \`${name}\` | ${place} | ${takes(schema)} | ${cell(description)} |`);
  }
  const body = operation.requestBody?.content;
  if (body) {
    const { schema, example } = body['application/json'];
    lines.push(
      '',
      `Body: ${Object.keys(body)
        .map((type) => `\`${type}\``)
        .join(', ')}`,
      '',
    );
    lines.push(...fieldTable(schema), '', '```json', JSON.stringify(example), '```');
  }
  for (const [status, response] of Object.entries<Json>(operation.responses).filter(
    ([status]) => Number(status) < 300,
  )) {
    const types = Object.keys(response.content ?? {});
    lines.push('', `${status}: ${types.map((type) => `\`${type}\``).join(', ')}`);
    const { schema, example } = response.content[types[0]!];
    const named = schema?.$ref && document.components.schemas[schema.$ref.split('/').at(-1)];
    for (const variant of named ? (named.anyOf ?? named.oneOf ?? [named]) : [])
      lines.push('', ...fieldTable(variant));
    if (example) lines.push('', '```json', JSON.stringify(example), '```');
  }
  const refusals = Object.entries<Json>(operation.responses).filter(([status]) => Number(status) >= 300);
  lines.push('', '| refused with | when |', '|---|---|');
  for (const [status, { description }] of refusals) lines.push(`| ${status} | ${cell(description)} |`);
  return lines;
}

function fieldTable({ properties = {}, required = [] }: Json): string[] {
  return [
    '| field | | |',
    '|---|---|---|',
    ...Object.entries<Json>(properties).map(
      ([name, schema]) =>
        `| \`${name}\`${required.includes(name) ? '' : '?'} | ${takes(schema)} | ${cell(schema.description ?? '')} |`,
    ),
  ];
}

function takes(schema: Json): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value: unknown) => `\`${value}\``).join(' ');
  if (schema.oneOf ?? schema.anyOf) return (schema.oneOf ?? schema.anyOf).map(takes).join(' or ');
  if (schema.type === 'object' && schema.properties)
    return `{${Object.entries<Json>(schema.properties)
      .map(([name, inner]) => `${name}${schema.required?.includes(name) ? '' : '?'}: ${takes(inner)}`)
      .join(', ')}}`;
  if (schema.type === 'array') return `list of ${schema.items ? takes(schema.items) : 'values'}`;
  const pattern =
    schema.pattern && schema.pattern.length < 40 ? ` \`${schema.pattern.replaceAll('|', '\\|')}\`` : '';
  return `${schema.type ?? 'any'}${pattern}`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');
/** As GitHub makes them: lower case, no punctuation, spaces to hyphens. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
