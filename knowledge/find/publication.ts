import type { Agency, Knowledge } from '../../core';

/**
 * What is made once a publication, whatever of it is switched off or announced meanwhile: such versions have other topics, but share
 * their agencies, which are made once a publication.
 */
export class PerPublication<T> {
  private readonly made = new WeakMap<Agency, T>();

  get(knowledge: Knowledge): T | undefined {
    const [anchor] = knowledge.agencies();
    return anchor && this.made.get(anchor);
  }

  set(knowledge: Knowledge, value: T): void {
    const [anchor] = knowledge.agencies();
    if (anchor) this.made.set(anchor, value);
  }
}
