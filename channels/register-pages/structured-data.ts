import type { Topic, TopicGroup } from '../../core';
import type { Words } from './words';

type Json = Readonly<Record<string, unknown>>;

/** A service as search engines read it: https://schema.org/GovernmentService. Only what the page itself says. */
export function governmentService(
  topic: Topic,
  words: Words,
  groups: { readonly category?: TopicGroup | undefined; readonly audiences: readonly TopicGroup[] },
  url?: string,
): Json {
  const phones = topic.phones.map(phone => ({
    '@type': 'ServiceChannel',
    name: words.of(phone.label),
    servicePhone: { '@type': 'ContactPoint', telephone: phone.number, areaServed: 'TH' },
  }));
  const sites = topic.links.map(link => ({
    '@type': 'ServiceChannel',
    name: words.of(link.label),
    serviceUrl: link.url,
  }));
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentService',
    name: words.of(topic.name),
    alternateName: words.of(topic.officialName),
    inLanguage: words.language,
    dateModified: topic.writtenAt,
    ...(topic.answer ? { description: words.of(topic.answer) } : {}),
    ...(groups.category ? { serviceType: words.of(groups.category.label) } : {}),
    provider: {
      '@type': 'GovernmentOrganization',
      name: words.of(topic.agency),
      parentOrganization: { '@type': 'GovernmentOrganization', name: words.of(topic.ministry) },
    },
    areaServed: { '@type': 'Country', name: 'Thailand' },
    ...(groups.audiences.length > 0
      ? {
          audience: groups.audiences.map(({ label }) => ({
            '@type': 'Audience',
            audienceType: words.of(label),
          })),
        }
      : {}),
    ...(phones.length + sites.length > 0 ? { availableChannel: [...phones, ...sites] } : {}),
    ...(url === undefined ? {} : { url }),
  };
}
