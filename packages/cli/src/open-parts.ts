/** What has been opened, closed in the opposite order. Node 20 has no AsyncDisposableStack. */
export class OpenParts implements AsyncDisposable {
  readonly #parts: AsyncDisposable[] = [];

  keep<Part extends AsyncDisposable>(part: Part): Part {
    this.#parts.push(part);
    return part;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of this.#parts.splice(0).toReversed()) await part[Symbol.asyncDispose]();
  }
}
