/** The protocols that are spoken, by their names in the configuration. */
export const apiFormats = ['openai-chat', 'openai-responses', 'anthropic', 'ollama'] as const;

export type ApiFormat = (typeof apiFormats)[number];

type Route = {
  /** Where turns are asked for, behind the base URL. */
  readonly turnPath: string;
  /** What people paste at the end of a base URL and is not a part of it. */
  readonly pasted: RegExp;
  /** What the base URL of most servers ends with; empty where nothing does. */
  readonly usualPath: string;
  /** Where a server listens whose address is no more than the name of a host; absent: addresses are written in full. */
  readonly usualPort?: number;
};

/** How addresses of each protocol are made up. */
export const routes = {
  'openai-chat': { turnPath: '/chat/completions', pasted: /\/(?:chat\/completions|responses)$/, usualPath: '/v1' },
  'openai-responses': { turnPath: '/responses', pasted: /\/(?:responses|chat\/completions)$/, usualPath: '/v1' },
  anthropic: { turnPath: '/v1/messages', pasted: /(?:\/v1)?(?:\/messages)?$/, usualPath: '' },
  ollama: {
    turnPath: '/api/chat',
    pasted: /\/(?:v1|api)(?:\/(?:chat(?:\/completions)?|generate|tags|models|messages|responses))?$/,
    usualPath: '',
    usualPort: 11_434,
  },
} as const satisfies Record<ApiFormat, Route>;
