import { type Clock, createTurn, type LLMProvider, type Model, textOf } from '@trae-cli/protocol';
import { probeSpeech, probeTools } from '@trae-cli/providers';
import { expect } from 'vitest';

/** A provider, and the name of the model of it that is asked. */
export type Asked = { readonly provider: LLMProvider; readonly model: string; readonly signal: AbortSignal };

const clock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    }),
};

/** The same each time, so that what was recorded still fits. */
const random = (): number => 0.37;

const modelOf = ({ provider, model, signal }: Asked): Promise<Model> => provider.model(model, signal);

/** A square, 64 by 64, all of it red. */
const redSquare =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAAS0lEQVR42u3PQQkAAAgAsetfWiP4FgYrsKZeS0BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEDgsqnc8OJg6Ln3AAAAAElFTkSuQmCC';

async function modelsListed({ provider, signal }: Asked): Promise<void> {
  const models = await provider.listModels(signal);
  expect(models.length).toBeGreaterThan(0);
  for (const { id } of models) expect(id).toMatch(/\S/);
}

async function answerStreamed(asked: Asked): Promise<void> {
  const heard = await probeSpeech(await modelOf(asked), { clock, signal: asked.signal });
  expect(heard.text.toLowerCase()).toContain('thirty');
  expect(heard).toMatchObject({ stop: 'end', usage: { output: expect.any(Number) } });
  expect(heard.delivery).not.toBe('whole');
}

async function toolsCalled(asked: Asked): Promise<void> {
  const found = await probeTools(await modelOf(asked), { clock, signal: asked.signal, random });
  expect(found).toMatchObject({ outcome: 'worked', unusable: 0 });
}

async function imageSeen(asked: Asked): Promise<void> {
  const model = await modelOf(asked);
  // Of a model that reads none there is nothing to see.
  if (!model.traits.images) return;
  const question = { type: 'text', text: 'Which colour has this square? Answer with one word.' } as const;
  const image = { type: 'image', mediaType: 'image/png', base64: redSquare } as const;
  const messages = [{ role: 'user', content: [question, image] } as const];
  const turn = createTurn();
  const request = { instructions: 'Answer briefly.', messages, tools: [] };
  for await (const event of model.stream(request, asked.signal)) turn.apply(event);
  expect(textOf(turn.message(model.ref).content).toLowerCase()).toContain('red');
}

/** What every service is asked. Each throws where it does not do it. */
export const checks = {
  models: modelsListed,
  key: ({ provider, signal }: Asked): Promise<void> => provider.checkKey(signal),
  speech: answerStreamed,
  tools: toolsCalled,
  image: imageSeen,
} as const satisfies Record<string, (asked: Asked) => Promise<void>>;

export type CheckName = keyof typeof checks;

export const checkNames = Object.keys(checks) as readonly CheckName[];

/** The dependencies of a provider that is really asked. */
export const realDependencies = { clock, random } as const;
