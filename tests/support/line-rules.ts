/**
 * LINE's rules for message objects, written down here a second time and on purpose not shared with the product: a stand-in that
 * took its limits from what it checks would check nothing. https://developers.line.biz/en/reference/messaging-api/#message-objects
 */
export interface Broken {
  readonly property: string;
  readonly message: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const visible = (text: string): number => [...graphemes.segment(text)].length;
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function textRule(
  value: unknown,
  property: string,
  most: number,
  count: (text: string) => number = text => text.length,
): Broken[] {
  if (typeof value !== 'string' || value.trim() === '') return [{ property, message: 'May not be empty' }];
  if (!value.isWellFormed()) return [{ property, message: 'The text is not valid UTF-16' }];
  return count(value) > most ? [{ property, message: `Length must be between 0 and ${most}` }] : [];
}

function uriRule(value: unknown, property: string, schemes: RegExp, most: number): Broken[] {
  const text = textRule(value, property, most);
  if (text.length > 0) return text;
  return typeof value === 'string' && schemes.test(value)
    ? []
    : [{ property, message: 'Invalid URI scheme' }];
}

function actionRule(action: unknown, property: string, labelMost: number | undefined): Broken[] {
  if (!isObject(action)) return [{ property, message: 'must be an action' }];
  const label =
    labelMost === undefined ? [] : textRule(action.label, `${property}.label`, labelMost, visible);
  switch (action.type) {
    case 'postback':
      return [
        ...label,
        ...textRule(action.data, `${property}.data`, 300),
        ...(action.displayText === undefined
          ? []
          : textRule(action.displayText, `${property}.displayText`, 300, visible)),
      ];
    case 'message':
      return [...label, ...textRule(action.text, `${property}.text`, 300, visible)];
    case 'uri':
      return [...label, ...uriRule(action.uri, `${property}.uri`, /^(https?|line|tel):/u, 1_000)];
    default:
      return [{ property: `${property}.type`, message: 'unknown action' }];
  }
}

function componentRule(component: unknown, property: string): Broken[] {
  if (!isObject(component)) return [{ property, message: 'must be a component' }];
  const action =
    component.action === undefined
      ? []
      : actionRule(component.action, `${property}.action`, component.type === 'button' ? 40 : undefined);
  switch (component.type) {
    case 'box': {
      const layout = ['horizontal', 'vertical', 'baseline'].includes(String(component.layout))
        ? []
        : [{ property: `${property}.layout`, message: 'unknown layout' }];
      return [
        ...layout,
        ...action,
        ...listOf(component.contents).flatMap((each, index) =>
          componentRule(each, `${property}.contents[${index}]`),
        ),
      ];
    }
    case 'text':
      return [...action, ...textRule(component.text, `${property}.text`, 30_000)];
    case 'button':
      return component.action === undefined ? [{ property, message: 'a button needs an action' }] : action;
    case 'separator':
    case 'filler':
      return [];
    case 'image':
      return [...action, ...uriRule(component.url, `${property}.url`, /^https:/u, 2_000)];
    default:
      return [{ property: `${property}.type`, message: 'unknown component' }];
  }
}

function bubbleRule(bubble: unknown, property: string): Broken[] {
  if (!isObject(bubble) || bubble.type !== 'bubble') return [{ property, message: 'must be a bubble' }];
  const size = bytes(bubble) > 30 * 1024 ? [{ property, message: 'The bubble is larger than 30 KB' }] : [];
  const blocks = ['header', 'hero', 'body', 'footer'].filter(name => bubble[name] !== undefined);
  const none = blocks.length === 0 ? [{ property, message: 'At least one block must be specified' }] : [];
  return [...size, ...none, ...blocks.flatMap(name => componentRule(bubble[name], `${property}.${name}`))];
}

function flexRule(message: Json, property: string): Broken[] {
  const { contents } = message;
  const alt = textRule(message.altText, `${property}.altText`, 1_500);
  if (!isObject(contents) || contents.type !== 'carousel')
    return [...alt, ...bubbleRule(contents, `${property}.contents`)];
  const bubbles = listOf(contents.contents);
  const count =
    bubbles.length < 1 || bubbles.length > 12
      ? [{ property: `${property}.contents`, message: 'A carousel has 1 to 12 bubbles' }]
      : [];
  const size =
    bytes(contents) > 50 * 1024
      ? [{ property: `${property}.contents`, message: 'The carousel is larger than 50 KB' }]
      : [];
  return [
    ...alt,
    ...count,
    ...size,
    ...bubbles.flatMap((each, index) => bubbleRule(each, `${property}.contents.contents[${index}]`)),
  ];
}

function bodyRule(message: Json, property: string): Broken[] {
  switch (message.type) {
    case 'text':
      return textRule(message.text, `${property}.text`, 5_000);
    case 'flex':
      return flexRule(message, property);
    case 'image':
      return [
        ...uriRule(message.originalContentUrl, `${property}.originalContentUrl`, /^https:/u, 2_000),
        ...uriRule(message.previewImageUrl, `${property}.previewImageUrl`, /^https:/u, 2_000),
      ];
    case 'location': {
      const place = [
        ...textRule(message.title, `${property}.title`, 100),
        ...textRule(message.address, `${property}.address`, 100),
      ];
      const known = typeof message.latitude === 'number' && typeof message.longitude === 'number';
      return known ? place : [...place, { property: `${property}.latitude`, message: 'must be a number' }];
    }
    default:
      return [{ property: `${property}.type`, message: 'unknown message type' }];
  }
}

function quickReplyRule(quickReply: unknown, property: string): Broken[] {
  if (quickReply === undefined) return [];
  const items = isObject(quickReply) ? listOf(quickReply.items) : [];
  const count =
    items.length < 1 || items.length > 13 ? [{ property, message: 'Quick reply items must be 1 to 13' }] : [];
  return [
    ...count,
    ...items.flatMap((item, index) =>
      actionRule(isObject(item) ? item.action : undefined, `${property}.items[${index}].action`, 20),
    ),
  ];
}

function senderRule(sender: unknown, property: string): Broken[] {
  if (sender === undefined) return [];
  const name = isObject(sender) ? sender.name : undefined;
  const allowed =
    typeof name === 'string' && /line/iu.test(name)
      ? [{ property: `${property}.name`, message: 'The name may not be used' }]
      : [];
  return [...textRule(name, `${property}.name`, 20), ...allowed];
}

/** What of a request's `messages` LINE would refuse. */
export function brokenRules(messages: unknown): Broken[] {
  const list = listOf(messages);
  if (list.length < 1 || list.length > 5)
    return [{ property: 'messages', message: 'Size must be between 1 and 5' }];
  return list.flatMap((message, index) => {
    const property = `messages[${index}]`;
    if (!isObject(message)) return [{ property, message: 'must be an object' }];
    return [
      ...bodyRule(message, property),
      ...quickReplyRule(message.quickReply, `${property}.quickReply`),
      ...senderRule(message.sender, `${property}.sender`),
    ];
  });
}
