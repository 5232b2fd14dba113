// The bundle carries other people's code; their licences oblige us to carry the notices as well.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package that a module belongs to: the nearest one with a named package.json below node_modules. */
function packageFolder(moduleId) {
  if (!moduleId.includes('node_modules')) return undefined;
  for (let folder = dirname(moduleId); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version !== undefined) return folder;
  }
  return undefined;
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return `${name} ${version} (${license})\n\n${texts.join('\n\n') || 'No licence file is part of the package.'}\n`;
}

/** A rolldown plugin that puts the notices of every bundled package into one file. */
export function thirdPartyNotices(fileName) {
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
      const folders = new Set(modules.map((id) => packageFolder(id)).filter((folder) => folder !== undefined));
      const rule = `\n${'-'.repeat(80)}\n\n`;
      this.emitFile({
        type: 'asset',
        fileName,
        source: [...folders]
          .sort((a, b) => a.localeCompare(b))
          .map(noticeOf)
          .join(rule),
      });
    },
  };
}
