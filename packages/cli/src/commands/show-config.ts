import { redactValues } from '@trae-cli/trajectory';
import { documentText } from '../listing/document-text.js';
import { firstSecrets, layGroundwork } from '../configuration/groundwork.js';
import type { ShowConfigFlags } from '../flags/flags.js';
import type { Host } from '../host/host.js';
import { runHost } from '../host/run-host.js';
import { surveyDocument } from '../show-config/document.js';
import { survey } from '../show-config/survey.js';
import { surveyTable } from '../show-config/table.js';

/** `trae-cli show-config`: every effective setting and where it comes from. A missing key is shown, not an error. */
export async function showConfigCommand(flags: ShowConfigFlags, machine: Host): Promise<number> {
  const ground = await layGroundwork(flags, runHost(machine, firstSecrets(flags, machine)));
  const host = runHost(machine, ground.secrets);
  const found = await survey(flags, ground, host);
  if (flags.json === true) {
    const document = redactValues(surveyDocument(found, ground), host.redactor);
    host.jsonOutput.write(documentText(document));
    return 0;
  }
  host.stdout.write(surveyTable(found, ground, host));
  return 0;
}
