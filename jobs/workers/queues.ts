/** The queues of the chat core. A key is a conversation id, or '' for the sweepers. */
export const queues = {
  lane: 'lane',
  delivery: 'delivery',
  commands: 'commands',
  sweep: 'sweep',
  idle: 'idle',
} as const;
