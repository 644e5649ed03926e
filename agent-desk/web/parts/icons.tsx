import {
  IconBrandLine,
  IconDeviceDesktop,
  IconDeviceMobileMessage,
  IconDots,
  IconMessageCircle,
  IconPhone,
  IconUsers,
  IconWalk,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';

const icons: Readonly<Record<string, typeof IconPhone>> = {
  line: IconBrandLine,
  webchat: IconMessageCircle,
  sms: IconDeviceMobileMessage,
  kiosk: IconDeviceDesktop,
  voice: IconPhone,
  call: IconPhone,
  'walk-in': IconWalk,
  relay: IconUsers,
};

/** The sign of a channel or a way of contact; always shown beside its word. */
export function WayIcon({ way }: { way: string }): ReactNode {
  const Icon = icons[way] ?? IconDots;
  return <Icon className="icon" aria-hidden />;
}
