import { describe } from 'vitest';
import { describeAnswers } from './model-contract/answers.js';
import { describeEnds } from './model-contract/ends.js';
import { type ContractOptions, exchangeWith, type ModelAt } from './model-contract/exchange.js';
import { describeFailures } from './model-contract/failures.js';
import { describeHistories } from './model-contract/histories.js';
import { describeRequests } from './model-contract/requests.js';

/** What every Model holds to, whatever the protocol it speaks. */
export function describeModelContract(name: string, modelAt: ModelAt, options: ContractOptions = {}): void {
  const exchange = exchangeWith(modelAt);

  describe(`the model contract, kept by ${name}`, () => {
    describeAnswers(exchange);
    describeFailures(exchange);
    describeEnds(exchange, options);
    describeHistories(exchange);
    describeRequests(exchange, options);
  });
}
