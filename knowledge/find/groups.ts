import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.object({ th: z.string().min(1) }).catchall(z.string());
const groups = z.array(z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/u), label: text })).min(1);

const groupsSchema = z.strictObject({
  category: groups,
  lifeStage: groups,
  targetGroup: groups,
  /** Ids of services, the most asked first. */
  mostAsked: z.array(z.string()).min(1),
});

/** The names of the groups that services are listed under, and what people ask most. */
export type Groups = z.infer<typeof groupsSchema>;

export const loadGroups = (dataFolder: string): Groups =>
  groupsSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'browse', 'groups.json'), 'utf8')));
