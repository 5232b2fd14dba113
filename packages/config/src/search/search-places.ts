/** What a project's configuration may be called, in one directory. */
export const projectFileNames = [
  'trae_config.json',
  'trae_config.yaml',
  'trae_config.yml',
  '.traerc',
  '.traerc.json',
  '.traerc.yaml',
  '.traerc.yml',
] as const;

/** Counts only where it has a key `trae`. */
export const packageFileName = 'package.json';

/** What the person's own configuration may be called. */
export const userFileNames = ['trae_config.json', 'trae_config.yaml', 'trae_config.yml'] as const;
