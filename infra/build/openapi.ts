/** `npm run build:openapi`: lib/http/openapi.json, which is served at /openapi.json, and docs/api.md, which says the same for people. */
import { writeFileSync } from 'node:fs';
import { openapiDocument } from './openapi/document.ts';
import { apiReference } from './openapi/reference.ts';

const document = openapiDocument();
writeFileSync('lib/http/openapi.json', `${JSON.stringify(document)}\n`);
writeFileSync('docs/api.md', apiReference(document));
