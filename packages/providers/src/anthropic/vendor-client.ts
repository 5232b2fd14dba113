/** What sends requests, without the hundreds of resources that the vendor's client has besides: a fifth of the size. */
export { BaseAnthropic } from '@anthropic-ai/sdk/client';
